"""The list of contacts: one row for each person whom a cluster knows, with the places of a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, NullIf
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import OrganisationKind
from clusterwerk.members.lists.own import own_column
from clusterwerk.members.models import (
    Consent,
    ConsentPurpose,
    ConsentState,
    Contact,
    ContactLanguage,
    CustomField,
    FieldSubject,
    Position,
    PositionRole,
)
from clusterwerk.members.queries import own_fields
from clusterwerk.members.queries.contact_rows import CONSENT, ContactRow, contact_rows
from clusterwerk.platform.addresses import shown_telephone
from clusterwerk.platform.ui.export import Format
from clusterwerk.platform.ui.lists import UNKNOWN, Column, Facet, Joined, Listing, row_address

CONTACTS = "contacts"
KEPT = {"kept": _("In the lists"), "archived": _("No longer kept in lists")}
REACH = {
    "reachable": _("Has an address"),
    "bounced": _("Mail came back"),
    "missing": _("No address"),
}
NO_POSITION = _("Without a position")


@dataclass(frozen=True)
class ContactScope:
    """Whose contacts, and the day on which positions count."""

    cluster: Cluster
    day: date

    @property
    def places(self) -> "QuerySet[Position]":
        """Positions of the day."""
        return Position.objects.filter(cluster_id=self.cluster.pk).on(self.day).order_by()


def contact_listing(scope: ContactScope) -> Listing[ContactRow]:
    """All contacts of the cluster; until a reader chooses otherwise, those that are kept."""
    fields: list[CustomField] = own_fields(scope.cluster.pk, FieldSubject.CONTACT)
    address = row_address("members:contact_detail", scope.cluster.key)
    return Listing(
        key=CONTACTS,
        base=Contact.objects.filter(cluster_id=scope.cluster.pk),
        search=lambda rows, words: _search(scope, rows, words),
        rows=lambda found, columns: contact_rows(scope.cluster.pk, scope.day, found, columns),
        columns=(
            *_columns(scope),
            *_further_columns(),
            *(own_column(field, lambda row: row.own) for field in fields),
        ),
        facets=_facets(scope),
        pk=lambda row: row.contact.pk,
        address=lambda row: address(row.contact.pk),
    )


def _search(scope: ContactScope, rows: "QuerySet[Any]", words: tuple[str, ...]) -> "QuerySet[Any]":
    for word in words:
        there = scope.places.filter(organisation__name_sort__contains=word).values("contact_id")
        rows = rows.filter(Q(name_sort__contains=word) | Q(email__contains=word) | Q(pk__in=there))
    return rows


def _columns(scope: ContactScope) -> tuple[Column[ContactRow], ...]:
    return (
        Column(
            "name",
            _("Name"),
            lambda row: str(row.contact),
            note=_below_name,
            sort=F("name_sort"),
            width=30,
        ),
        Column(
            "organisation",
            _("Organisation"),
            _organisations,
            note=_below_organisation,
            sort=_first_organisation(scope),
            language="nl",
            width=40,
        ),
        Column(
            "email",
            _("E-mail address"),
            lambda row: row.contact.email or None,
            note=_below_address,
            sort=F("email"),
            width=32,
        ),
        Column(
            "phone", _("Telephone"), lambda row: _number(row.contact.phone), width=18, is_whole=True
        ),
        Column(
            "mobile",
            _("Mobile telephone"),
            lambda row: _number(row.contact.mobile),
            width=18,
            is_whole=True,
        ),
        _consent_column(ConsentPurpose.NEWSLETTER, is_shown=True),
    )


def _further_columns() -> tuple[Column[ContactRow], ...]:
    """What stands in the list when it is chosen."""
    purposes = [purpose for purpose in ConsentPurpose if purpose != ConsentPurpose.NEWSLETTER]
    return (
        Column("first", _("First name"), lambda row: row.contact.first_name or None, shown=False),
        Column("last", _("Last name"), lambda row: row.contact.last_name or None, shown=False),
        Column("title", _("Title"), _titles, shown=False, width=24),
        Column("role", _("Role"), _roles, shown=False, width=20),
        Column("kind", _("Organisation kind"), _kinds, shown=False, width=20),
        Column("language", _("Language"), _language, shown=False),
        *(_consent_column(purpose) for purpose in purposes),
        Column(
            "talked", _("Last interaction"), _talked_on, Format.DAY, unknown=_("none"), shown=False
        ),
        Column(
            "bounced",
            _("Mail came back on"),
            lambda row: row.contact.bounced_on,
            Format.DAY,
            shown=False,
        ),
        Column("source", _("Source"), lambda row: row.contact.source or None, shown=False),
        Column("demo", _("Invented"), lambda row: row.contact.is_demo, shown=False),
    )


def _consent_column(purpose: ConsentPurpose, *, is_shown: bool = False) -> Column[ContactRow]:
    def state(row: ContactRow) -> str | None:
        said = row.consents.get(purpose)
        return capfirst(said.get_state_display()) if said else None

    return Column(
        f"{CONSENT}{purpose}",
        _("Consent: %(purpose)s") % {"purpose": purpose.label},
        state,
        unknown=_("never asked"),
        shown=is_shown,
        width=20,
    )


def _first_organisation(scope: ContactScope) -> Coalesce:
    """Name of the main place of work, empty without one."""
    places = scope.places.filter(contact=OuterRef("pk")).order_by("-is_main", "pk")
    names = places.values("organisation__name_sort")[:1]
    return Coalesce(Subquery(names), Value(""), output_field=TextField())


def _below_name(row: ContactRow) -> str:
    told = [
        str(KEPT["archived"]) if row.contact.archived_on else "",
        str(_("demo data")) if row.contact.is_demo else "",
    ]
    return " · ".join(part for part in told if part)


def _organisations(row: ContactRow) -> str | None:
    return ", ".join(dict.fromkeys(place.organisation.name for place in row.places)) or None


def _below_organisation(row: ContactRow) -> str:
    told = [*dict.fromkeys(str(place) for place in row.places)]
    if any(place.is_main for place in row.places):
        told.append(str(_("main contact")))
    return " · ".join(told)


def _below_address(row: ContactRow) -> str:
    return str(_("mail came back")) if row.contact.bounced_on else ""


def _titles(row: ContactRow) -> str | None:
    return ", ".join(dict.fromkeys(place.title for place in row.places if place.title)) or None


def _roles(row: ContactRow) -> str | None:
    return (
        capfirst(", ".join(dict.fromkeys(place.get_role_display() for place in row.places))) or None
    )


def _kinds(row: ContactRow) -> str | None:
    kinds = dict.fromkeys(place.organisation.get_kind_display() for place in row.places)
    return capfirst(", ".join(kinds)) or None


def _language(row: ContactRow) -> str | None:
    return capfirst(row.contact.get_language_display()) or None


def _number(number: str) -> str | None:
    return shown_telephone(number) if number else None


def _talked_on(row: ContactRow) -> date | None:
    return timezone.localdate(row.talked_at) if row.talked_at else None


def _facets(scope: ContactScope) -> tuple[Facet, ...]:
    kinds = {**dict(OrganisationKind.choices), UNKNOWN: NO_POSITION}
    return (
        Facet(
            "kept",
            _("State"),
            _kept(),
            KEPT,
            default=("kept",),
            told_by={"kept": Q(archived_on=None)},
        ),
        Facet(
            "role",
            _("Role"),
            _at_work(scope, "role"),
            {**dict(PositionRole.choices), UNKNOWN: NO_POSITION},
            is_many=True,
        ),
        Facet(
            "kind",
            _("Organisation kind"),
            _at_work(scope, "organisation__kind"),
            kinds,
            is_many=True,
        ),
        Facet(
            "language",
            _("Language"),
            NullIf(F("language"), Value("")),
            dict(ContactLanguage.choices),
        ),
        Facet("consent", _("Consent"), _consents(scope), _consent_names(), is_many=True),
        Facet("mail", _("E-mail address"), _reach(), REACH),
    )


def _at_work(scope: ContactScope, value: str) -> Joined:
    """A fact of the positions of the day, each of its values once."""
    places = scope.places.distinct()
    return Joined(places, "contact_id", value, of="pk", or_unknown=True)


def _consents(scope: ContactScope) -> Joined:
    said = Consent.objects.filter(cluster_id=scope.cluster.pk).order_by()
    answer = Concat(F("purpose"), Value(":"), F("state"), output_field=TextField())
    answers = said.annotate(answer=answer).distinct()
    return Joined(answers, "contact_id", "answer", of="pk", or_unknown=True)


def _consent_names() -> dict[str, Any]:
    named: dict[str, Any] = {
        f"{purpose}:{state}": f"{purpose.label}: {state.label}"
        for purpose in ConsentPurpose
        for state in ConsentState
    }
    return {**named, UNKNOWN: _("never asked")}


def _kept() -> Case:
    return Case(
        When(archived_on=None, then=Value("kept")),
        default=Value("archived"),
        output_field=CharField(),
    )


def _reach() -> Case:
    return Case(
        When(email="", then=Value("missing")),
        When(bounced_on=None, then=Value("reachable")),
        default=Value("bounced"),
        output_field=CharField(),
    )
