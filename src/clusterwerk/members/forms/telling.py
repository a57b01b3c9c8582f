"""What a member tells its clusters: its profile, its size, and what it needs and offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.directory.models import Organisation
from clusterwerk.members.actions import ContactFacts, OfferFacts, ProfileFacts, Size
from clusterwerk.members.actions.offers import LONGEST_TAG, MOST_TAGS
from clusterwerk.members.forms.days import DayField
from clusterwerk.members.forms.parts import TelephoneField
from clusterwerk.members.forms.sizes import StatementForm
from clusterwerk.members.models import (
    ContactLanguage,
    MemberProfile,
    NeedOrOffer,
    OfferAudience,
    OfferKind,
    OfferOutcome,
)
from clusterwerk.platform.ui.editing import EditingForm

TOLD = "told_"  # begins the name of what a cluster reads now
PROFILE_FACTS = ("summary", "description_nl", "description_en", "website")
OFFER_FACTS = ("kind", "title", "text", "tags", "audience", "open_until")
AUDIENCES = [
    (OfferAudience.TEAM, gettext_lazy("Nobody else: the team may speak with us about it")),
    (OfferAudience.MEMBERS, gettext_lazy("Members of the clusters that I tell it to")),
    (OfferAudience.CLUSTERS, gettext_lazy("Members of all clusters")),
]


@dataclass(frozen=True, slots=True)
class Told:
    """Clusters that may be told by name, what each reads now in words, and whose the form shows."""

    clusters: Mapping[int, str]
    reads: Mapping[int, str] = field(default_factory=dict)
    shown: int | None = None
    ticked: Sequence[int] = ()


def clusters_field() -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=gettext_lazy("Tell it to"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose at least one cluster to tell it to."),
            "invalid_choice": gettext_lazy("You are no member of one of these clusters today."),
        },
    )


class ToldForm(EditingForm):
    """One text for several clusters, each of which may have been told something else.

    The form shows what one of them reads, and compares that field by field. What another ticked
    cluster was told while the form was open is shown before it is replaced.
    """

    clusters = clusters_field()

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - as of any form
        *,
        present: Mapping[str, Any],
        told: Told,
        **kwargs: Any,
    ) -> None:
        others = {f"{TOLD}{pk}": text for pk, text in told.reads.items() if pk != told.shown}
        initial = {"clusters": list(told.ticked), **kwargs.pop("initial", {})}
        super().__init__(data, present={**present, **others}, initial=initial, **kwargs)
        self.telling = told
        offer_clusters(self, told.clusters)

    def clean(self) -> dict[str, Any]:
        seen = self._seen()
        typed = super().clean()
        if seen is not None and not self.errors:
            self._require_seen(typed, seen)
        return typed

    def _require_seen(self, typed: Mapping[str, Any], seen: Mapping[str, str]) -> None:
        """Of other clusters that are ticked: that they read what they read when the form opened."""
        surprises = [
            (self.telling.clusters[pk], str(self.present[f"{TOLD}{pk}"]))
            for pk in typed.get("clusters", ())
            if f"{TOLD}{pk}" in self.present
            and seen.get(f"{TOLD}{pk}", "") != str(self.present[f"{TOLD}{pk}"]).strip()
        ]
        for cluster, reads in surprises:
            message = _(
                "While you were writing, somebody told %(cluster)s: “%(reads)s”. Save again to "
                "replace it, or leave this cluster out."
            )
            self.add_error("clusters", message % {"cluster": cluster, "reads": reads[:300]})
        if surprises:
            self._put("seen", self._signed())


def offer_clusters(form: forms.Form, clusters: Mapping[int, str]) -> None:
    """Name the clusters that may be told; the only one is ticked from the beginning."""
    own = form.fields["clusters"]
    assert isinstance(own, forms.TypedMultipleChoiceField)
    own.choices = list(clusters.items())
    if len(clusters) == 1 and not form.initial.get("clusters"):
        form.initial["clusters"] = list(clusters)


class ProfileForm(ToldForm):
    """How an organisation presents itself."""

    summary = forms.CharField(
        label=gettext_lazy("What you do"),
        help_text=gettext_lazy("In one sentence."),
        max_length=200,
    )
    description_nl = forms.CharField(
        label=gettext_lazy("Description in Dutch"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "lang": "nl"}),
    )
    description_en = forms.CharField(
        label=gettext_lazy("Description in English"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "lang": "en"}),
    )
    website = forms.URLField(
        label=gettext_lazy("Website"),
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
    )
    field_order = (*PROFILE_FACTS, "clusters")

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - as of any form
        *,
        profile: MemberProfile | None,
        told: Told,
    ) -> None:
        present = {name: getattr(profile, name, "") for name in PROFILE_FACTS}
        super().__init__(data, present=present, told=told)

    def facts(self) -> ProfileFacts:
        return ProfileFacts(**{name: self.cleaned_data[name] for name in PROFILE_FACTS})


class OwnSizeForm(StatementForm, ToldForm):
    """The size of one year, as the member itself says it."""

    field_order = (
        "size_year",
        "headcount",
        "turnover",
        "balance_total",
        "is_autonomous",
        "clusters",
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:  # noqa: ANN401 - as of any form
        super().__init__(data, **kwargs)
        del self.fields["size_source"]

    def size(self, organisation: Organisation) -> Size | None:
        self.cleaned_data["size_source"] = _("told by the member itself")
        return super().size(organisation)


class TagsField(forms.Field):
    """Words between commas, in lower case, each once."""

    def to_python(self, value: Any) -> list[str]:  # noqa: ANN401 - as Django's own
        typed = str(value or "").replace(";", ",").replace("\n", ",").split(",")
        words = (" ".join(word.split()).lower() for word in typed)
        return list(dict.fromkeys(word for word in words if word))

    def run_validators(self, value: Any) -> None:  # noqa: ANN401 - as Django's own
        ProhibitNullCharactersValidator()(", ".join(value))
        super().run_validators(value)

    def validate(self, value: Any) -> None:  # noqa: ANN401 - as Django's own
        if len(value) > MOST_TAGS:
            message = _("Take %(most)s tags at most.")
            raise forms.ValidationError(message % {"most": MOST_TAGS})
        if any(len(word) > LONGEST_TAG for word in value):
            message = _("A tag has %(most)s signs at most; put a comma between two tags.")
            raise forms.ValidationError(message % {"most": LONGEST_TAG})

    def prepare_value(self, value: Any) -> str:  # noqa: ANN401 - as Django's own
        return ", ".join(value) if isinstance(value, list | tuple) else str(value or "")


class OfferForm(EditingForm):
    """A need or an offer, for the clusters that are ticked."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[
            (OfferKind.NEED, gettext_lazy("We need something")),
            (OfferKind.OFFER, gettext_lazy("We offer something")),
        ],
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label=gettext_lazy("In short"),
        help_text=gettext_lazy("What somebody should recognise at a glance."),
        max_length=120,
    )
    text = forms.CharField(
        label=gettext_lazy("More about it"),
        help_text=gettext_lazy("Name no persons: your cluster knows whom to call."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    tags = TagsField(
        label=gettext_lazy("Tags"),
        help_text=gettext_lazy("A few words, with commas between them."),
        required=False,
        widget=forms.TextInput(),
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("May be matched with"),
        choices=AUDIENCES,
        initial=OfferAudience.TEAM,
        widget=forms.RadioSelect,
    )
    open_until = DayField(
        label=gettext_lazy("Open until"),
        help_text=gettext_lazy("The last day. Empty: until you close it."),
        required=False,
    )
    clusters = clusters_field()

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - as of any form
        *,
        clusters: Mapping[int, str],
        offer: NeedOrOffer | None = None,
        told: Sequence[int] = (),
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        present: dict[str, Any] = (
            {**{name: getattr(offer, name) for name in OFFER_FACTS}, "clusters": list(told)}
            if offer
            else {}
        )
        super().__init__(data, present=present, initial=dict(initial or {}))
        offer_clusters(self, clusters)

    def facts(self) -> OfferFacts:
        typed = {name: self.cleaned_data[name] for name in OFFER_FACTS}
        return OfferFacts(**{**typed, "tags": tuple(typed["tags"])})


class OwnPersonForm(EditingForm):
    """What a person changes of the own row at a cluster; not the address, which proves who asks."""

    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=100, required=False)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=100, required=False)
    phone = TelephoneField(label=gettext_lazy("Telephone"), required=False)
    mobile = TelephoneField(label=gettext_lazy("Mobile telephone"), required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[("", gettext_lazy("unknown")), *ContactLanguage.choices],
    )

    def facts(self) -> ContactFacts:
        return ContactFacts(**self.cleaned_data)


class ClosingForm(forms.Form):
    """What became of it, when somebody wants to say so."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What became of it"),
        required=False,
        choices=[("", gettext_lazy("not said")), *OfferOutcome.choices],
    )
