from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.handover.actions import Proposal
from clusterwerk.clusters.models import Cluster, PublicProfile
from clusterwerk.directory.models import Organisation, OrganisationIdentifier
from clusterwerk.platform.models import User


class ProposalForm(forms.Form):
    """Where a cluster goes; exactly one of host and cluster."""

    to_cluster = forms.ModelChoiceField(
        PublicProfile.objects.none(),
        required=False,
        label=_("Into another cluster"),
        empty_label=_("no, it stays a cluster of its own"),
    )
    to_host = forms.CharField(
        required=False,
        max_length=20,
        label=_("To another host"),
        help_text=_("Enterprise number of the organisation that carries the cluster from then on."),
    )
    keeps_team = forms.BooleanField(required=False, initial=True, label=_("The team goes along"))
    new_manager = forms.EmailField(
        required=False,
        label=_("New manager"),
        help_text=_("E-mail address of an account, when somebody else leads the cluster."),
    )
    day = forms.DateField(
        label=_("From which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        max_length=500, label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = PublicProfile.objects.filter(agency=cluster.agency_id).exclude(cluster=cluster)
        field = self.fields["to_cluster"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = others

    def clean_to_host(self) -> Organisation | None:
        number = "".join(sign for sign in self.cleaned_data["to_host"] if sign.isdigit())
        if not number:
            return None
        found = OrganisationIdentifier.objects.filter(
            cluster_id=None, scheme="be-enterprise", value=number
        )
        identifier = found.select_related("organisation").first()
        if identifier is None:
            raise forms.ValidationError(_("No organisation with this number is in the directory."))
        return identifier.organisation

    def clean_new_manager(self) -> User | None:
        email = self.cleaned_data["new_manager"]
        if not email:
            return None
        found = User.objects.filter(email__iexact=email, is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("There is no account with this address yet."))
        return found

    def clean_day(self) -> Any:  # noqa: ANN401 - what a date field cleans to
        day = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        both = [facts.get("to_cluster"), facts.get("to_host")]
        if not self.errors and sum(each is not None for each in both) != 1:
            raise forms.ValidationError(
                _("Choose one: another cluster, or the number of another host.")
            )
        return facts

    def proposal(self) -> Proposal:
        facts = self.cleaned_data
        return Proposal(
            day=facts["day"],
            reason=facts["reason"],
            to_profile=facts["to_cluster"],
            to_host=facts["to_host"],
            new_manager=facts["new_manager"],
            keeps_team=facts["keeps_team"],
        )
