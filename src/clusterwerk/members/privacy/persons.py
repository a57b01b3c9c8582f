"""How this room joins what is done for a person: `platform/history/personal.py` asks it."""

from clusterwerk.members.privacy.erasing import (
    answers_for,
    claims_of_contact,
    held_of_contact,
    let_go,
    reaching,
    texts_naming,
)
from clusterwerk.platform.history.personal import PersonalData

MEMBER_PERSONS = PersonalData(
    "contacts",
    claims=claims_of_contact,
    before=let_go,
    holds=held_of_contact,
    naming=texts_naming,
    keeper=answers_for,
    reaching=reaching,
)
