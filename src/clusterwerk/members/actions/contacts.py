"""Every change to contacts, their positions and what they allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members import access
from clusterwerk.members.models import (
    Consent,
    ConsentPurpose,
    ConsentState,
    ConsentWay,
    Contact,
    Position,
    PositionRole,
)
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.addresses import written_email, written_telephone
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created, created_many
from clusterwerk.platform.ui.templatetags.ui import day_long

_ADDRESSES = {
    "contact_email_once_per_cluster": gettext_lazy(
        "Another contact of the cluster has this e-mail address."
    ),
    "contact_can_be_named": gettext_lazy("A contact has a name or an e-mail address."),
}
_POSITIONS = {
    "position_once_at_a_time": gettext_lazy(
        "This contact already has this role at the organisation in this period."
    ),
    "position_one_main_contact": gettext_lazy(
        "The organisation already has a main contact in this period."
    ),
    "position_period_holds_a_day": gettext_lazy("A position has a first day before its last."),
}


class KnownAddressError(DomainError):
    """Another living contact has the address; the screen leads there."""

    def __init__(self, contact: Contact) -> None:
        self.contact = contact
        message = _("%(contact)s already has the e-mail address %(email)s.")
        super().__init__(message % {"contact": contact, "email": contact.email})


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """What is known of a person; addresses as typed, a number without a country of `country`."""

    first_name: str = ""
    last_name: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    language: str = ""
    note: str = ""
    source: str = ""
    bounced_on: date | None = None
    country: str = "BE"
    is_demo: bool = False

    def written(self) -> dict[str, Any]:
        """Fields of the row, written one way. Raises `DomainError` for what cannot be."""
        return {
            "first_name": self.first_name.strip(),
            "last_name": self.last_name.strip(),
            "email": written_email(self.email),
            "phone": written_telephone(self.phone, self.country),
            "mobile": written_telephone(self.mobile, self.country),
            "language": self.language,
            "note": self.note.strip(),
            "source": self.source.strip() or _("typed in"),
            "bounced_on": self.bounced_on,
            "is_demo": self.is_demo,
        }


@dataclass(frozen=True, slots=True)
class NewPosition:
    """A contact at an organisation; an unknown first day is None, `last_day` is the first without.

    A new main contact takes that from the one before.
    """

    contact: Contact
    organisation: Organisation
    title: str = ""
    role: str = PositionRole.OTHER
    is_main: bool = False
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What a contact said of one purpose."""

    contact: Contact
    purpose: ConsentPurpose
    state: ConsentState
    said_on: date
    way: ConsentWay
    source: str = ""


def add_contact(*, seats: Seats, cluster: Cluster, new: ContactFacts) -> Contact:
    """Raises `KnownAddressError` when a living contact of the cluster has the address."""
    access.may_keep_people(seats, cluster.pk).require()
    facts = new.written()
    _require_free(cluster.pk, facts["email"])
    return created(Contact(cluster=cluster, **facts), _ADDRESSES)


def add_contacts(*, seats: Seats, cluster: Cluster, new: Sequence[ContactFacts]) -> list[Contact]:
    """Many at once, in the order given; all of them or none."""
    access.may_keep_people(seats, cluster.pk).require()
    return created_many((Contact(cluster=cluster, **each.written()) for each in new), _ADDRESSES)


def change_contact(*, seats: Seats, contact: Contact, **facts: Any) -> bool:
    """Write fields of a contact as they come from `ContactFacts.written`; says if any differed."""
    access.may_keep_people(seats, contact.cluster_id).require()
    if facts.get("email") and contact.archived_on is None:
        _require_free(contact.cluster_id, facts["email"], but=contact.pk)
    if facts.get("email", contact.email) != contact.email:
        facts.setdefault("bounced_on", None)  # what came back was sent to the address before
    return changed(contact, _ADDRESSES, **facts)


def archive_contact(*, seats: Seats, contact: Contact, on: date) -> bool:
    """Take a contact out of the lists; positions end, what was said stays on the timeline."""
    access.may_keep_people(seats, contact.cluster_id).require()
    for position in Position.objects.filter(cluster_id=contact.cluster_id, contact=contact).on(on):
        _ended(position, on)
    return changed(contact, _ADDRESSES, archived_on=on)


def restore_contact(*, seats: Seats, contact: Contact) -> bool:
    """Raises `KnownAddressError` when the address went to another contact since."""
    access.may_keep_people(seats, contact.cluster_id).require()
    _require_free(contact.cluster_id, contact.email, but=contact.pk)
    return changed(contact, _ADDRESSES, archived_on=None)


def _require_free(cluster: int, email: str, but: int | None = None) -> None:
    if not email:
        return
    for known in Contact.objects.living().filter(cluster_id=cluster, email=email):
        if known.pk != but:
            raise KnownAddressError(known)


def add_position(*, seats: Seats, new: NewPosition) -> Position:
    access.may_keep_people(seats, new.contact.cluster_id).require()
    _require_order(new.first_day, new.last_day)
    position = _position(new)
    if new.is_main:
        _clear_main(position.cluster_id, new.organisation.pk, position.period)
    return created(position, _POSITIONS)


def add_positions(*, seats: Seats, cluster: Cluster, new: Sequence[NewPosition]) -> list[Position]:
    """Many at once, in the order given; all of them or none. Main contacts are not taken over."""
    access.may_keep_people(seats, cluster.pk).require()
    if any(each.contact.cluster_id != cluster.pk for each in new):
        raise DomainError(_("A contact belongs to another cluster."))
    for each in new:
        _require_order(each.first_day, each.last_day)
    return created_many((_position(each) for each in new), _POSITIONS)


def change_position(*, seats: Seats, position: Position, **facts: Any) -> bool:
    """Write fields of a position; a new main contact takes that from the one before."""
    access.may_keep_people(seats, position.cluster_id).require()
    period = facts.get("period", position.period)
    _require_order(period.lower, period.upper)
    if facts.get("is_main", position.is_main):
        _clear_main(position.cluster_id, position.organisation_id, period, but=position.pk)
    return changed(position, _POSITIONS, **facts)


def end_position(*, seats: Seats, position: Position, on: date) -> bool:
    """The contact leaves the organisation: `on` is the first day without the position.

    One that would begin on that day or later is taken away.
    """
    access.may_keep_people(seats, position.cluster_id).require()
    return _ended(position, on)


def move_contact(*, seats: Seats, position: Position, new: NewPosition, on: date) -> Position:
    """The contact leaves one organisation for another on the same day."""
    end_position(seats=seats, position=position, on=on)
    return add_position(seats=seats, new=new)


def _ended(position: Position, on: date) -> bool:
    first = position.period.lower
    if first is not None and first >= on:
        message = _("This position began on %(day)s: choose a later day for its end.")
        raise DomainError(message % {"day": day_long(first)})
    return changed(position, _POSITIONS, period=DateRange(first, on))


def _position(new: NewPosition) -> Position:
    return Position(
        cluster_id=new.contact.cluster_id,
        contact=new.contact,
        organisation=new.organisation,
        title=new.title.strip(),
        role=new.role,
        is_main=new.is_main,
        period=DateRange(new.first_day, new.last_day),
        is_demo=new.contact.is_demo,
    )


def _require_order(first_day: date | None, last_day: date | None) -> None:
    """A range that ends before it begins cannot even be sent to the database."""
    if first_day is not None and last_day is not None and last_day <= first_day:
        raise DomainError(_POSITIONS["position_period_holds_a_day"])


def _clear_main(cluster: int, organisation: int, period: DateRange, but: int | None = None) -> None:
    earlier = Position.objects.filter(
        cluster_id=cluster, organisation_id=organisation, is_main=True, period__overlap=period
    )
    for position in earlier:
        if position.pk != but:
            changed(position, _POSITIONS, is_main=False)


_CONSENTS = {
    "consent_once_per_purpose": gettext_lazy(
        "Somebody wrote down this consent in the same moment. Look at it again."
    )
}


def record_consent(*, seats: Seats, said: Said) -> tuple[Consent, bool]:
    """What was said last counts; raises `DomainError` when something later is kept already.

    Returns the row and whether anything changed.
    """
    cluster = said.contact.cluster_id
    access.may_keep_people(seats, cluster).require()
    kept = Consent.objects.filter(
        cluster_id=cluster, contact=said.contact, purpose=said.purpose
    ).first()
    if kept is None:
        return created(_consent(said), _CONSENTS), True
    if kept.said_on > said.said_on:
        message = _("On %(day)s the contact said: %(consent)s. That was later, so it stays.")
        raise DomainError(message % {"day": day_long(kept.said_on), "consent": kept})
    return kept, _renewed(kept, said)


def record_consents(*, seats: Seats, cluster: Cluster, said: Sequence[Said]) -> list[Consent]:
    """Many at once, one for each contact and purpose; where something later or the same is kept,
    that stays. Returns what is new or changed.
    """
    access.may_keep_people(seats, cluster.pk).require()
    contacts = {each.contact.pk for each in said}
    rows = Consent.objects.filter(cluster=cluster, contact_id__in=contacts)
    kept = {(row.contact_id, row.purpose): row for row in rows}
    fresh, renewed = [], []
    for each in said:
        row = kept.get((each.contact.pk, each.purpose))
        if row is None:
            fresh.append(_consent(each))
        elif row.said_on <= each.said_on and _renewed(row, each):
            renewed.append(row)
    return [*created_many(fresh), *renewed]


def _renewed(row: Consent, said: Said) -> bool:
    return changed(row, state=said.state, said_on=said.said_on, way=said.way, source=said.source)


def _consent(said: Said) -> Consent:
    return Consent(
        cluster_id=said.contact.cluster_id,
        contact=said.contact,
        purpose=said.purpose,
        state=said.state,
        said_on=said.said_on,
        way=said.way,
        source=said.source,
        is_demo=said.contact.is_demo,
    )
