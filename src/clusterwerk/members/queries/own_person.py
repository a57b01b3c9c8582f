"""What clusters keep of the person who is signed in, as that person reads it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from clusterwerk.members.models import (
    ConsentPurpose,
    ConsentState,
    ConsentWay,
    ContactLanguage,
    PositionRole,
)
from clusterwerk.platform.access import reading

# A function of the database answers: the contacts of a cluster stay out of a member's sight.
_OWN = "select * from access.own_contacts()"
_HOLD = "select access.hold_own_contact(%s)"


@dataclass(frozen=True, slots=True)
class OwnPosition:
    """What the person is at an organisation; `end` is the first day without."""

    organisation: str
    title: str
    role: PositionRole
    is_main: bool
    first_day: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class OwnConsent:
    """What the cluster holds of one purpose; without a state nothing was said."""

    purpose: ConsentPurpose
    state: ConsentState | None = None
    said_on: date | None = None
    way: ConsentWay | None = None

    @property
    def is_given(self) -> bool:
        return self.state == ConsentState.GIVEN


@dataclass(frozen=True, slots=True)
class OwnContact:
    """One row of one cluster; `facts` are the fields that the person changes."""

    pk: int
    cluster: int
    cluster_name: str
    email: str
    facts: Mapping[str, str]
    positions: tuple[OwnPosition, ...]
    consents: tuple[OwnConsent, ...]

    @property
    def language(self) -> str:
        """The name of the language; empty when it is unknown."""
        return str(dict(ContactLanguage.choices).get(self.facts["language"], ""))

    @property
    def name(self) -> str:
        return f"{self.facts['first_name']} {self.facts['last_name']}".strip()


def own_contacts() -> list[OwnContact]:
    """By the names of the clusters: those with a proven address of the acting person."""
    with reading.connection().cursor() as cursor:
        cursor.execute(_OWN)
        names = [column.name for column in cursor.description or ()]
        return [_contact(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def held_own_contact(number: int) -> OwnContact | None:
    """Under a lock until the transaction ends, for who changes it."""
    if own_contact(number) is None:
        return None
    with reading.connection().cursor() as cursor:
        cursor.execute(_HOLD, [number])
    return own_contact(number)


def own_contact(number: int) -> OwnContact | None:
    return next((own for own in own_contacts() if own.pk == number), None)


def _contact(row: Mapping[str, Any]) -> OwnContact:
    said = {told["purpose"]: _consent(told) for told in _list(row["consents"])}
    return OwnContact(
        pk=row["contact"],
        cluster=row["cluster_id"],
        cluster_name=row["cluster"],
        email=row["email"],
        facts={key: row[key] for key in ("first_name", "last_name", "phone", "mobile", "language")},
        positions=tuple(_position(told) for told in _list(row["positions"])),
        consents=tuple(said.get(purpose) or OwnConsent(purpose) for purpose in ConsentPurpose),
    )


def _list(told: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON, read or still as text
    found: list[dict[str, Any]] = json.loads(told) if isinstance(told, str) else told
    return found


def _position(told: Mapping[str, Any]) -> OwnPosition:
    return OwnPosition(
        told["organisation"],
        told["title"],
        PositionRole(told["role"]),
        told["is_main"],
        _day(told["first_day"]),
        _day(told["end"]),
    )


def _consent(told: Mapping[str, Any]) -> OwnConsent:
    return OwnConsent(
        ConsentPurpose(told["purpose"]),
        ConsentState(told["state"]),
        _day(told["said_on"]),
        ConsentWay(told["way"]),
    )


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
