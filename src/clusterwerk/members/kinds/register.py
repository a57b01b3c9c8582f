"""What the enterprise register holds about members, for "who can see what of us"."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.directory.models import (
    RegisterChange,
    RegisterCode,
    RegisteredEnterprise1,
    RegisteredEnterprise2,
    RegisterEdition,
    RegisterLoad,
)
from clusterwerk.members.models import HandledRegisterChange
from clusterwerk.platform.kinds import DataKind


def _none(_cluster: int) -> Q:
    """Rows of a public register are about nobody's cluster."""
    return Q(pk__in=[])


REGISTER_KINDS = (
    DataKind(
        HandledRegisterChange,
        39,
        _("News of the register dealt with"),
        _("Which changes of your members somebody of the team dealt with, and when."),
        lambda cluster: Q(cluster_id=cluster),
        str,
        ("change__organisation",),
    ),
    DataKind(
        RegisterChange,
        96,
        _("What the register changed"),
        _(
            "That an edition of the enterprise register gave an organisation another name, seat or "
            "legal form, or that it stopped; public facts. Whose member it is stands elsewhere."
        ),
        lambda cluster: Q(organisation__memberships__cluster=cluster),
        str,
        ("organisation",),
    ),
    DataKind(
        RegisteredEnterprise1,
        98,
        _("Enterprise register"),
        _("The public register of enterprises; no e-mail addresses or telephone numbers."),
        _none,
        str,
    ),
    DataKind(
        RegisteredEnterprise2,
        98,
        _("Enterprise register, second table"),
        _("The same register, while a new edition takes the place of the one before."),
        _none,
        str,
    ),
    DataKind(
        RegisterEdition,
        98,
        _("Editions of the register"),
        _("Which files of the register were loaded, and which of their rows were broken."),
        _none,
        str,
    ),
    DataKind(
        RegisterCode,
        98,
        _("Codes of the register"),
        _("What codes of the register mean, such as those of legal forms."),
        _none,
        str,
    ),
    DataKind(
        RegisterLoad,
        98,
        _("Loading of the register"),
        _("How far the loading of a new edition is."),
        _none,
        str,
    ),
)
