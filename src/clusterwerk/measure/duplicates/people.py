"""How much speaks for two rows being the same person, and finding such pairs among many.

For the contacts of one cluster: hundreds to some ten thousands. Points, limits and what is not
looked at: ``docs/methods/duplicates.md``.
"""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from clusterwerk.measure.duplicates.given_names import are_variants, is_given_name
from clusterwerk.measure.duplicates.names import company_domain, domain_of, plain
from clusterwerk.measure.duplicates.scoring import LIKELY

with (Path(__file__).parent / "data" / "people.toml").open("rb") as _file:
    _WORDS = tomllib.load(_file)
SHARED_MAILBOXES = frozenset(_WORDS["shared_mailboxes"])
_TITLES = frozenset(_WORDS["titles"])
_GENERATIONS = {word: age for age, words in _WORDS["generations"].items() for word in words}
_WORD = re.compile(r"[^\W\d_]+|\d+")  # a number is a word, also in Peeters2
_ALIKE = 85  # of 100, as rapidfuzz counts, of whole names
_SHORTEST_TYPED = 6  # letters of a whole name in which one wrong letter is a slip
_SHORTEST_LAST = 4  # letters of a last name that one wrong letter leaves recognisable
_LARGEST_BLOCK = 60
_TWO_WORDS = 2  # one that either name has alone
_NICKNAME = 30  # one mailbox under two names: a nickname, or a couple
_MANY = 3  # bearers of a name from which on it tells less
_BY_CHANCE = 0.03  # bearers to be expected by chance from which on a name tells less


class PersonReason(StrEnum):
    """What speaks for or against; the value is a stable key."""

    SAME_ADDRESS = "same_address"
    SAME_MAILBOX = "same_mailbox"
    SAME_PERSON_NAME = "same_person_name"
    NAME_ONE_LETTER = "name_one_letter"
    NAME_ALIKE = "name_alike"
    NAME_VARIANT = "name_variant"
    NAME_LONGER = "name_longer"
    NAME_INITIAL = "name_initial"
    NAME_PART = "name_part"
    NAME_IN_ADDRESS = "name_in_address"
    OTHER_PERSON_NAME = "other_person_name"
    SAME_MOBILE = "same_mobile"
    SAME_PHONE = "same_phone"
    SAME_ORGANISATION = "same_organisation"
    SAME_COMPANY_MAIL = "same_company_mail"
    MANY_SO_NAMED = "many_so_named"
    OTHER_ADDRESS_THERE = "other_address_there"
    OTHER_MOBILE = "other_mobile"
    OTHER_GENERATION = "other_generation"


PERSON_POINTS = {
    PersonReason.SAME_ADDRESS: 90,
    PersonReason.SAME_MAILBOX: 20,
    PersonReason.SAME_PERSON_NAME: 60,
    PersonReason.NAME_ONE_LETTER: 45,
    PersonReason.NAME_ALIKE: 35,
    PersonReason.NAME_VARIANT: 35,
    PersonReason.NAME_LONGER: 40,
    PersonReason.NAME_INITIAL: 35,
    PersonReason.NAME_PART: 30,
    PersonReason.NAME_IN_ADDRESS: 45,
    PersonReason.OTHER_PERSON_NAME: -60,
    PersonReason.SAME_MOBILE: 40,
    PersonReason.SAME_PHONE: 15,
    PersonReason.SAME_ORGANISATION: 25,
    PersonReason.SAME_COMPANY_MAIL: 20,
    PersonReason.MANY_SO_NAMED: -15,
    PersonReason.OTHER_ADDRESS_THERE: -10,
    PersonReason.OTHER_MOBILE: -10,
    PersonReason.OTHER_GENERATION: -45,
}


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of one person; whatever is unknown stays empty.

    `key` is the caller's own. Telephone numbers in E.164; `organisations` are keys of where the
    person works or worked.
    """

    key: int
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    organisations: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """Two people by their keys, how much speaks for one person, and why."""

    left: int
    right: int
    score: int
    reasons: tuple[PersonReason, ...]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A person as they are compared: words of the name, and the parts of the address."""

    known: Person
    first: tuple[str, ...]
    last: tuple[str, ...]
    generation: frozenset[str]
    numbers: frozenset[str]
    mailbox: str
    company: str
    phones: frozenset[str]

    @property
    def key(self) -> str:
        """All words of the name, sorted: first and last name may stand the other way round."""
        return " ".join(sorted((*self.first, *self.last)))

    @property
    def parts(self) -> tuple[str, ...]:
        """First and last name, each as one word; without those that are unknown."""
        return tuple(filter(None, (" ".join(self.first), " ".join(self.last))))

    @property
    def is_shared_mailbox(self) -> bool:
        return self.mailbox.partition("@")[0] in SHARED_MAILBOXES


def mailbox_of(address: str) -> str:
    """The mailbox that an address reaches: without what follows a plus, without dots.

    Examples
    --------
    >>> mailbox_of("An.Peeters+news@Example.be") == mailbox_of("anpeeters@example.be")
    True
    """
    local, at, domain = address.strip().casefold().rpartition("@")
    if not at:
        return ""
    return f"{local.partition('+')[0].replace('.', '')}@{domain}"


def person_score(
    left: Person, right: Person, *, is_common: bool = False
) -> tuple[int, tuple[PersonReason, ...]]:
    """0 to 100, and why, the strongest first.

    `is_common`: whether several are called so where one looks, or well may be by chance.

    Examples
    --------
    >>> one = Person(1, "An", "Peeters", organisations=frozenset({7}))
    >>> other = Person(2, "Peetars", "An", organisations=frozenset({7}))
    >>> points, reasons = person_score(one, other)
    >>> points, [str(reason) for reason in reasons]
    (70, ['name_one_letter', 'same_organisation'])
    >>> person_score(one, Person(3, "Tom", "Peeters", organisations=frozenset({7})))[0]
    0
    >>> first, second = (Person(key, "An", f"Peeters {key}") for key in (1, 2))
    >>> [str(reason) for reason in person_score(first, second)[1]]
    ['other_person_name']
    """
    return _score(_ready(left), _ready(right), is_common=is_common)


def _score(left: _Ready, right: _Ready, *, is_common: bool) -> tuple[int, tuple[PersonReason, ...]]:
    reasons = [
        reason
        for reason in (
            _name(left, right),
            _address(left, right),
            *_phones(left, right),
            _organisation(left, right),
        )
        if reason
    ]
    if PersonReason.SAME_PERSON_NAME in reasons and is_common:
        reasons.append(PersonReason.MANY_SO_NAMED)
    if left.generation != right.generation:
        reasons.append(PersonReason.OTHER_GENERATION)
    if _has_two_addresses(left, right) and PersonReason.SAME_PERSON_NAME not in reasons:
        reasons.append(PersonReason.OTHER_ADDRESS_THERE)
    points = sum(PERSON_POINTS[reason] for reason in reasons)
    if PersonReason.OTHER_PERSON_NAME in reasons and PersonReason.SAME_ADDRESS in reasons:
        points += _NICKNAME
    strongest = sorted(reasons, key=lambda reason: -PERSON_POINTS[reason])
    return min(100, max(0, points)), tuple(strongest)


def _ready(known: Person) -> _Ready:
    first, last = _words(known.first_name), _words(known.last_name)
    return _Ready(
        known,
        tuple(word for word in first if word not in _GENERATIONS),
        tuple(word for word in last if word not in _GENERATIONS),
        frozenset(_GENERATIONS[word] for word in (*first, *last) if word in _GENERATIONS),
        frozenset(word for word in (*first, *last) if word.isdecimal()),
        mailbox_of(known.email),
        company_domain(known.email),
        frozenset(filter(None, (known.phone, known.mobile))),
    )


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in _WORD.findall(plain(name)) if word not in _TITLES)


def _name(left: _Ready, right: _Ready) -> PersonReason | None:
    """What the names say; nothing where one has neither a name nor an address that tells it."""
    if not left.key or not right.key:
        return PersonReason.NAME_IN_ADDRESS if _is_in_address(left, right) else None
    one, other = left.key, right.key
    if one == other or one.replace(" ", "") == other.replace(" ", ""):
        whole = bool(left.first and left.last) or " " in one
        return PersonReason.SAME_PERSON_NAME if whole else PersonReason.NAME_PART
    if left.numbers and right.numbers and left.numbers != right.numbers:
        return PersonReason.OTHER_PERSON_NAME
    if _is_initial(left, right) or _is_initial(right, left):
        return PersonReason.NAME_INITIAL
    for short, full in ((left, right), (right, left)):
        if _is_part(short, full):
            is_whole = short.first and short.last
            return PersonReason.NAME_LONGER if is_whole else PersonReason.NAME_PART
    return _other_first_name(left, right) or _near(left, right) or PersonReason.OTHER_PERSON_NAME


def _other_first_name(left: _Ready, right: _Ready) -> PersonReason | None:
    """Where one word differs, and both are given names: those of one person, or of two.

    A slip seldom makes another given name, so these are not compared by letters.
    """
    one, other = set(left.key.split(" ")), set(right.key.split(" "))
    apart = (*(one - other), *(other - one))
    if len(one) != len(other) or len(apart) != _TWO_WORDS:
        return None
    if not all(map(is_given_name, apart)):
        return None
    is_variant = are_variants(*apart)
    return PersonReason.NAME_VARIANT if is_variant else PersonReason.OTHER_PERSON_NAME


def _near(left: _Ready, right: _Ready) -> PersonReason | None:
    """Spelling: each word has a twin that differs by little, and no word is another first name."""
    one, other = left.key.split(" "), right.key.split(" ")
    if len(one) != len(other) or len(left.key) < _SHORTEST_TYPED:
        joined = ratio(left.key.replace(" ", ""), right.key.replace(" ", ""))
        same_count = len(one) == len(other)
        return None if same_count or joined < _ALIKE else PersonReason.NAME_ALIKE
    apart = [OSA.distance(a, b) for a, b in zip(one, other, strict=True)]
    if sum(apart) == 1 and _longest_changed(one, apart) >= _SHORTEST_LAST - 2:
        return PersonReason.NAME_ONE_LETTER
    is_alike = all(
        distance <= max(1, len(word) // 3) for distance, word in zip(apart, one, strict=True)
    )
    return PersonReason.NAME_ALIKE if is_alike and ratio(left.key, right.key) >= _ALIKE else None


def _longest_changed(words: list[str], apart: list[int]) -> int:
    return max(len(word) for word, distance in zip(words, apart, strict=True) if distance)


def _is_initial(short: _Ready, full: _Ready) -> bool:
    """`A. Peeters` and `An Peeters`: one last name, and letters that begin the first names."""
    if not short.first or not full.first or not short.last or short.last != full.last:
        return False
    initials = "".join(word[0] for word in full.first)
    is_short = all(len(word) == 1 for word in short.first)
    return is_short and initials.startswith(short.first[0])


def _is_part(short: _Ready, full: _Ready) -> bool:
    """A first or last name alone, or without a second first name or the own name of a couple."""
    fewer, more = set(short.key.split(" ")), set(full.key.split(" "))
    return fewer < more and max(map(len, fewer)) > 1


def _is_in_address(left: _Ready, right: _Ready) -> bool:
    """One has an address only, and it is written after the name of the other."""
    for bare, named in ((left, right), (right, left)):
        if bare.key or not bare.mailbox or not named.last or not named.first:
            continue
        local = plain(bare.mailbox.partition("@")[0])
        first, last = "".join(named.first), "".join(named.last)
        if local.replace("_", "").replace("-", "") in {first + last, last + first, first[0] + last}:
            return True
    return False


def _address(left: _Ready, right: _Ready) -> PersonReason | None:
    if left.mailbox and left.mailbox == right.mailbox:
        return PersonReason.SAME_MAILBOX if left.is_shared_mailbox else PersonReason.SAME_ADDRESS
    return None


def _has_two_addresses(left: _Ready, right: _Ready) -> bool:
    """Each has an address of the same company: two people, or one that got another."""
    both = bool(left.company) and left.company == right.company
    return both and left.mailbox != right.mailbox


def _phones(left: _Ready, right: _Ready) -> Iterator[PersonReason]:
    """A mobile number is a person's; another may be that of the front desk."""
    shared = left.phones & right.phones
    mobiles = {left.known.mobile, right.known.mobile}
    if shared & mobiles:
        yield PersonReason.SAME_MOBILE
    elif shared:
        yield PersonReason.SAME_PHONE
    if all(mobiles) and not shared & mobiles:
        yield PersonReason.OTHER_MOBILE


def _organisation(left: _Ready, right: _Ready) -> PersonReason | None:
    if left.known.organisations & right.known.organisations:
        return PersonReason.SAME_ORGANISATION
    if left.company and left.company == right.company:
        return PersonReason.SAME_COMPANY_MAIL
    return None


class People:
    """People among which others are looked for.

    Examples
    --------
    >>> people = People([Person(7, "An", "Peeters", "an@example.be"), Person(8, "Tom", "Maes")])
    >>> [(match.right, match.score) for match in people.like(Person(0, email="a.n@example.be"))]
    [(7, 100)]
    """

    def __init__(self, rows: Iterable[Person]) -> None:
        self._rows = {row.key: _ready(row) for row in rows}
        self._names = Counter(ready.key for ready in self._rows.values())
        self._parts = Counter(part for ready in self._rows.values() for part in ready.parts)
        self._blocks: defaultdict[str, list[int]] = defaultdict(list)
        for key, ready in self._rows.items():
            for block in _blocks(ready):
                self._blocks[block].append(key)

    def like(self, row: Person, *, least: int = LIKELY) -> list[PersonMatch]:
        """People who may be this person, the most likely first."""
        ready = _ready(row)
        near = self._near(ready) - {row.key}
        is_common = self._names[ready.key] + 1 >= _MANY
        return self._scored(ready, near, least, is_common=is_common)

    def pairs(self, *, least: int = LIKELY) -> Iterator[PersonMatch]:
        """Every two who may be one person, each pair once."""
        for key, ready in self._rows.items():
            later = {other for other in self._near(ready) if other > key}
            yield from self._scored(ready, later, least, is_common=self._is_common(ready))

    def _is_common(self, ready: _Ready) -> bool:
        """Whether several are called so, or would be, were first and last name independent.

        Others who bear the first name, times those who bear the last, by the number of all.
        """
        bearers = self._names[ready.key]
        others = [self._parts[part] - bearers for part in ready.parts]
        expected = others[0] * others[1] / len(self._rows) if len(others) > 1 else 0.0
        return bearers >= _MANY or expected >= _BY_CHANCE

    def _near(self, ready: _Ready) -> set[int]:
        found: set[int] = set()
        for block in _blocks(ready):
            held = self._blocks.get(block, ())
            if len(held) <= _LARGEST_BLOCK or block[0] in "#=":
                found.update(held)
        return found

    def _scored(
        self, ready: _Ready, others: set[int], least: int, *, is_common: bool
    ) -> list[PersonMatch]:
        matches = []
        for other in others:
            points, reasons = _score(ready, self._rows[other], is_common=is_common)
            if points >= least:
                matches.append(PersonMatch(ready.known.key, other, points, reasons))
        return sorted(matches, key=lambda match: (-match.score, match.right))


def _blocks(ready: _Ready) -> set[str]:
    """Marks by which two people meet; the sign before each says of what kind it is."""
    found = {f"#{phone}" for phone in ready.phones}
    if ready.mailbox:
        found.add(f"#{ready.mailbox}")
        found.add(f"@{domain_of(ready.mailbox)}:{ready.mailbox[:3]}")
    if ready.key:
        found.update((f"={ready.key}", f"={ready.key.replace(' ', '')}"))
    words = (*ready.first, *ready.last)
    for word in words:
        if len(word) >= _SHORTEST_LAST - 1:
            found.update((f"w{word}", f"<{word[:4]}", f">{word[-4:]}"))
    for place in ready.known.organisations:
        found.update(f"o{place}:{word[0]}" for word in words or (ready.mailbox or "?",))
    return found
