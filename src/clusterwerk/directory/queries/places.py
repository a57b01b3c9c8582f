"""Where an address is: the municipality of today that a postcode and a name lead to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusterwerk.directory.models import Place, Postcode
from clusterwerk.platform.text import folded

CODE = re.compile(r"(?:B(?:E)?[\s-]*)?(\d{4})", re.IGNORECASE)
MALFORMED = _("“%(postcode)s” is not a Belgian postcode: give four digits, for example 9000.")
UNKNOWN = _("No municipality has the postcode %(postcode)s. Check the four digits.")
SEVERAL = _("The postcode %(postcode)s lies in %(places)s. Write the municipality beside it.")


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """The municipality, or in words why none was found; both are empty for an empty address."""

    place: Place | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PlaceBook:
    """Every municipality at hand, to find the places of many addresses with one query each.

    A municipality that merged is in the book by name, because old lists print it, and gives way to
    that of the postcode.
    """

    by_code: Mapping[str, tuple[Place, ...]]
    by_name: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)

    def find(self, postcode: str, name: str = "") -> FoundPlace:
        """By the postcode; by the name alone where there is no postcode and one place bears it."""
        if not postcode.strip():
            named = self.by_name.get(name_key(name), ())
            return FoundPlace(named[0] if len(named) == 1 else None)
        written = CODE.fullmatch(postcode.strip())
        if written is None:
            return _problem(MALFORMED, postcode=postcode.strip())
        return self._of_code(written.group(1), name)

    def of(self, postcode: str, name: str = "") -> Place | None:
        """The place as far as it can be told: a postcode that none has gives way to the name."""
        found = self.find(postcode, name)
        if found.place or not postcode.strip():
            return found.place
        written = CODE.fullmatch(postcode.strip())
        is_known = written is not None and written.group(1) in self.by_code
        return None if is_known else self.find("", name).place

    def _of_code(self, code: str, name: str) -> FoundPlace:
        places = self.by_code.get(code, ())
        if not places:
            return _problem(UNKNOWN, postcode=code)
        if len(places) == 1:
            return FoundPlace(places[0])
        wanted = name_key(name)
        named = [place for place in places if wanted in _names(place)]
        if len(named) == 1:
            return FoundPlace(named[0])
        return _problem(
            SEVERAL, postcode=code, places=", ".join(place.name for place in named or places)
        )


def place_book() -> PlaceBook:
    """Two queries."""
    by_code = _grouped(Postcode.objects.all())
    by_name: dict[str, list[Place]] = {}
    for place in Place.objects.all():
        for name in _names(place):
            by_name.setdefault(name, []).append(place)
    return PlaceBook(_frozen(by_code), _frozen(by_name))


def find_place(postcode: str, name: str = "") -> FoundPlace:
    """The place of one address, or why there is none."""
    return _book_of(postcode, name).find(postcode, name)


def place_of(postcode: str, name: str = "") -> Place | None:
    """The place of one address as far as it can be told; `find_place` says what is wrong."""
    return _book_of(postcode, name).of(postcode, name)


def _book_of(postcode: str, name: str) -> PlaceBook:
    """What one address needs of the book."""
    written = CODE.fullmatch(postcode.strip())
    rows = Postcode.objects.filter(code=written.group(1) if written else "")
    return PlaceBook(_frozen(_grouped(rows)), _named(name))


def name_key(name: str) -> str:
    """A name of a municipality as it is compared: no accents, case, brackets or signs."""
    return re.sub(r"[\W_]+", " ", folded(re.sub(r"\(.*?\)", "", name))).strip()


def _names(place: Place) -> set[str]:
    return {name_key(place.name), name_key(place.name_fr)} - {""}


def _named(name: str) -> Mapping[str, tuple[Place, ...]]:
    wanted = name.strip()
    found = Place.objects.filter(Q(name__iexact=wanted) | Q(name_fr__iexact=wanted))
    return {name_key(name): tuple(found)} if wanted else {}


def _grouped(rows: QuerySet[Postcode]) -> dict[str, list[Place]]:
    grouped: dict[str, list[Place]] = {}
    for row in rows.select_related("place"):
        grouped.setdefault(row.code, []).append(row.place)
    return grouped


def _frozen(grouped: Mapping[str, list[Place]]) -> dict[str, tuple[Place, ...]]:
    return {key: tuple(places) for key, places in grouped.items()}


def _problem(sentence: str | Promise, **facts: str) -> FoundPlace:
    return FoundPlace(problem=str(sentence) % facts)
