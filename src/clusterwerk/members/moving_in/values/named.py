"""Words with a meaning: yes and no, countries, languages, kinds of organisations."""

import re
from functools import lru_cache

from django.utils.translation import gettext as _

from clusterwerk.directory.models import OrganisationKind
from clusterwerk.members.moving_in.values.shown import short
from clusterwerk.members.moving_in.words import NO, ORGANISATION_KINDS, YES
from clusterwerk.platform.text import folded

COUNTRIES = {
    "belgie": "BE", "belgium": "BE", "belgique": "BE", "nederland": "NL", "netherlands": "NL",
    "the netherlands": "NL", "pays-bas": "NL", "duitsland": "DE", "germany": "DE",
    "allemagne": "DE", "deutschland": "DE", "frankrijk": "FR", "france": "FR", "luxemburg": "LU",
    "luxembourg": "LU", "verenigd koninkrijk": "GB", "united kingdom": "GB", "uk": "GB",
    "denemarken": "DK", "denmark": "DK", "zwitserland": "CH", "switzerland": "CH",
    "oostenrijk": "AT", "austria": "AT", "italie": "IT", "italy": "IT", "spanje": "ES",
    "spain": "ES", "zweden": "SE", "sweden": "SE", "united states": "US", "usa": "US",
}  # fmt: skip
LANGUAGES = {
    "nl": "nl", "nederlands": "nl", "dutch": "nl", "neerlandais": "nl", "n": "nl", "ned": "nl",
    "fr": "fr", "frans": "fr", "french": "fr", "francais": "fr", "f": "fr",
    "en": "en", "engels": "en", "english": "en", "anglais": "en", "e": "en", "eng": "en",
    "de": "de", "duits": "de", "german": "de", "deutsch": "de", "allemand": "de", "d": "de",
}  # fmt: skip


def yes_no(text: str) -> bool:
    word = folded(text).strip()
    if word in YES:
        return True
    if word in NO:
        return False
    raise ValueError(_("“%(text)s” is neither yes nor no.") % {"text": short(text)})


def flag(text: str) -> bool:
    """Anything but a no is a yes: a reason, a day or a cross in a column of marks."""
    return folded(text).strip() not in NO


def country(text: str) -> str:
    word = folded(text).strip()
    if len(word) == len("BE") and word.isalpha():
        return "GB" if word == "uk" else word.upper()
    if word in COUNTRIES:
        return COUNTRIES[word]
    raise ValueError(_("“%(text)s” is no country. Write its two letters.") % {"text": short(text)})


def organisation(text: str) -> OrganisationKind:
    found = kind_told(text)
    if found is None:
        raise ValueError(_("“%(text)s” is no kind of organisation.") % {"text": short(text)})
    return found


@lru_cache(maxsize=10_000)  # the category of a membership is looked at in every row
def kind_told(text: str) -> OrganisationKind | None:
    """By a word that stands in the text, such as "Kennisinstelling" or "Lid (overheid)"."""
    word = folded(text)
    for kind, parts in ORGANISATION_KINDS.items():
        if any(re.search(rf"\b{part}", word) for part in parts):
            return OrganisationKind(kind)
    return None


def language(text: str) -> str:
    word = folded(text).strip().partition("-")[0].partition("_")[0]
    if word in LANGUAGES:
        return LANGUAGES[word]
    raise ValueError(_("“%(text)s” is no language: nl, fr, en or de.") % {"text": short(text)})


def words(text: str) -> str:
    """A text in one line, as names are kept."""
    return " ".join(text.split())
