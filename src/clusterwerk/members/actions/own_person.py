"""What a person changes of the rows that clusters keep about that very person.

Functions of the database write: they reach the contacts with a proven address of the acting
account and no others. The team of the cluster finds a task that says what changed.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from clusterwerk.members.actions.contacts import ContactFacts
from clusterwerk.members.models import ConsentPurpose, ConsentState
from clusterwerk.members.queries.own_person import OwnConsent, OwnContact, held_own_contact
from clusterwerk.platform.access import reading
from clusterwerk.platform.errors import DomainError

LONGEST_TITLE = 200


@transaction.atomic
def change_own_contact(*, contact: int, facts: ContactFacts, on: date) -> bool:
    """Name, telephones and language; says whether anything differed.

    Raises `DomainError` for a number that cannot be called, and for a row that is no longer one's
    own. The address stays: it is what proves who asks.
    """
    kept = _require(contact)
    written = facts.written()
    told = {name: written[name] for name in kept.facts}
    if told == kept.facts:
        return False
    _ask("select access.change_own_contact(%s, %s, %s, %s, %s, %s)", contact, *told.values())
    with override(settings.LANGUAGE_CODE):
        message = _("%(person)s changed the own name, telephone or language: take it over")
        _tell_team(kept, message, on)
    return True


@transaction.atomic
def say_own_consent(
    *, contact: int, purpose: ConsentPurpose, state: ConsentState, on: date
) -> bool:
    """Give a consent, or withdraw one; says whether anything changed."""
    kept = _require(contact)
    said = next(each for each in kept.consents if each.purpose == purpose)
    if said.state == state or (said.state is None and state == ConsentState.WITHDRAWN):
        return False
    with override(settings.LANGUAGE_CODE):
        source = _("by the person, on the own page")
        _ask(
            "select access.say_own_consent(%s, %s, %s, %s, %s)", contact, purpose, state, on, source
        )
        _tell_team(kept, _consent_told(said, state), on)
    return True


def _consent_told(said: OwnConsent, state: ConsentState) -> str:
    told = (
        _("%(person)s allows this from today: {purpose}")
        if state == ConsentState.GIVEN
        else _("%(person)s does not allow this any more, stop it: {purpose}")
    )
    return told.replace("{purpose}", str(said.purpose.label))


def _require(contact: int) -> OwnContact:
    kept = held_own_contact(contact)
    if kept is None:
        raise DomainError(_("This cluster does not keep you under your address any more."))
    return kept


def _tell_team(kept: OwnContact, message: str, on: date) -> None:
    """One open task for the same thing is enough, however often it is changed."""
    title = message % {"person": kept.name or kept.email}
    _ask("select access.tell_team_of_own_contact(%s, %s, %s)", kept.pk, title[:LONGEST_TITLE], on)


def _ask(statement: str, *told: Any) -> None:
    with reading.connection().cursor() as cursor:
        cursor.execute(statement, told)
