"""Contacts of one cluster that stand twice: a generated truth set. `bench.duplicates` prints it.

One contact in twenty stands a second time, written otherwise, and keeps only a part of what was
known. As many are others who look alike: namesakes, father and son, brothers with names that are
variants elsewhere, couples with one mailbox, colleagues behind `info@`. All follows from a seed.
The nicknames here were written down apart from those that the comparison knows; some are unknown
to it.
"""

import random
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from clusterwerk.measure.duplicates import People, Person

SEED = 11
with (Path(__file__).parent / "contacts.toml").open("rb") as _file:
    _NAMES: dict[str, list[str]] = {
        kind: words.split() for kind, words in tomllib.load(_file).items()
    }
FIRST, SURNAMES, STEMS = _NAMES["first"], _NAMES["surnames"], _NAMES["stems"]
NICKNAMES = [tuple(pair.split("/")) for pair in _NAMES["nicknames"]]
PARTICLES = ("", "", "", "Van ", "Van den ", "De ", "Vander")
ENDS = ("", "", "s", "mans", "er", "ers", "e", "aert", "inck")
BROTHERS = (("Jan", "Johan"), ("Peter", "Pieter"), ("Marc", "Marcel"), ("Els", "Elise"))
FREE = ("gmail.com", "telenet.be", "hotmail.com", "skynet.be")


@dataclass
class Firms:
    """Where contacts work: a domain and a number of the front desk for each."""

    many: int

    def domain(self, firm: int) -> str:
        return f"firm{firm}.example"

    def desk(self, firm: int) -> str:
        return f"+329{firm:07}"


@dataclass(frozen=True)
class TruthSet:
    """Rows, and for each pair of keys (the lower first) how one came of the other."""

    rows: list[Person]
    truth: dict[tuple[int, int], str]
    others: dict[tuple[int, int], str]


def letters(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower().replace("œ", "oe"))
    return "".join(letter for letter in plain if letter.isascii() and letter.isalpha())


class Maker:
    """Draws people; `key` is the place of the next row."""

    def __init__(self, size: int, seed: int) -> None:
        self.draw = random.Random(seed)
        self.firms = Firms(max(4, size // 3))
        self.surnames = [*SURNAMES, *(self._surname() for _ in range(4000))]
        self.mobiles = 0
        self.taken: set[str] = set()

    def _surname(self) -> str:
        draw = self.draw
        stem = draw.choice(STEMS)
        if draw.random() < 0.5:
            stem += draw.choice(STEMS)
        particle = draw.choice(PARTICLES)
        name = f"{particle}{stem}{draw.choice(ENDS)}"
        return name if particle else name.capitalize()

    def mobile(self) -> str:
        self.mobiles += 1
        return f"+32470{self.mobiles:06}"

    def surname(self) -> str:
        at = int(self.draw.expovariate(1 / 800))
        return self.surnames[min(at, len(self.surnames) - 1)]

    def first(self) -> str:
        """Half of a few names that many bear."""
        if self.draw.random() < 0.45:
            return self.draw.choice(self.draw.choice(NICKNAMES))
        return FIRST[min(int(self.draw.expovariate(1 / 40)), len(FIRST) - 1)]

    def address(self, first: str, last: str, firm: int | None) -> str:
        """At the firm or at a provider, with a number where it is taken."""
        domain = self.draw.choice(FREE) if firm is None else self.firms.domain(firm)
        shape = self.draw.choice(("{0}.{1}", "{0}.{1}", "{0[0]}.{1}", "{0}"))
        local = shape.format(letters(first) or "x", letters(last))
        while f"{local.replace('.', '')}@{domain}" in self.taken:
            local += str(self.draw.randint(1, 99))
        self.taken.add(f"{local.replace('.', '')}@{domain}")
        return f"{local}@{domain}"

    def person(self, key: int) -> Person:
        first, last, firm = self.first(), self.surname(), self.draw.randrange(self.firms.many)
        return self.at_firm(Person(key, first, last), firm)

    def at_firm(self, row: Person, firm: int) -> Person:
        """With the facts that one finds of somebody who works there."""
        draw = self.draw
        email = self.address(row.first_name, row.last_name, firm if draw.random() < 0.85 else None)
        if draw.random() < 0.06:
            email = f"info@{self.firms.domain(firm)}"
        return replace(
            row,
            email=email if draw.random() < 0.85 else "",
            phone=self.firms.desk(firm) if draw.random() < 0.4 else "",
            mobile=self.mobile() if draw.random() < 0.5 else "",
            organisations=frozenset({firm}),
        )

    def partly(self, row: Person) -> Person:
        """As a second list tells of the same person: a part, but never the name alone."""
        draw = self.draw
        kept = replace(
            row,
            email=row.email if draw.random() < 0.35 else "",
            phone=row.phone if draw.random() < 0.3 else "",
            mobile=self.partly_mobile(row),
            organisations=row.organisations if draw.random() < 0.75 else frozenset(),
        )
        is_bare = not (kept.email or kept.mobile or kept.organisations)
        return replace(kept, organisations=row.organisations) if is_bare else kept

    def partly_mobile(self, row: Person) -> str:
        """The same number, none, or sometimes a new one."""
        return self.draw.choices((row.mobile, "", self.mobile()), (35, 60, 5))[0]


Variation = Callable[[Person, Maker], Person | None]


def slip(row: Person, maker: Maker) -> Person | None:
    """One letter lost, doubled or swapped, in the first or the last name."""
    draw = maker.draw
    field = draw.choice(("first_name", "last_name", "last_name"))
    name = getattr(row, field)
    if len(name) < 4:
        return None
    at = draw.randrange(1, len(name) - 1)
    written = draw.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        )
    )
    changed = {field: written}
    return None if written == name else replace(maker.partly(row), **changed)


def initial(row: Person, maker: Maker) -> Person | None:
    return replace(maker.partly(row), first_name=f"{row.first_name[0]}.")


def plain_letters(row: Person, maker: Maker) -> Person | None:
    """Without accents, in capitals, or with a title."""
    kept = maker.partly(row)
    shape = maker.draw.randrange(3)
    if shape == 0:
        bare = [
            unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
            for name in (row.first_name, row.last_name)
        ]
        return (
            None if "œ" in row.last_name else replace(kept, first_name=bare[0], last_name=bare[1])
        )
    if shape == 1:
        return replace(kept, last_name=row.last_name.upper())
    return replace(kept, first_name=f"Dr. {row.first_name}")


def other_surname(row: Person, maker: Maker) -> Person | None:
    """Married or divorced, at the same mailbox."""
    if not row.email or row.email.startswith("info@"):
        return None
    return replace(maker.partly(row), last_name=maker.surname(), email=row.email)


def double_surname(row: Person, maker: Maker) -> Person | None:
    return replace(maker.partly(row), last_name=f"{row.last_name}-{maker.surname()}")


def swapped(row: Person, maker: Maker) -> Person | None:
    return replace(maker.partly(row), first_name=row.last_name, last_name=row.first_name)


def nickname(row: Person, maker: Maker) -> Person | None:
    pairs = [pair for pair in NICKNAMES if row.first_name in pair]
    if not pairs:
        return None
    one, other = maker.draw.choice(pairs)
    return replace(maker.partly(row), first_name=other if one == row.first_name else one)


def moved(row: Person, maker: Maker) -> Person | None:
    """At another firm with another address; half keep their mobile number."""
    there = maker.at_firm(row, maker.draw.randrange(maker.firms.many))
    return replace(there, mobile=row.mobile if maker.draw.random() < 0.5 else there.mobile)


def address_alone(row: Person, maker: Maker) -> Person | None:
    """From a list of a mailing: no name; with a part after a plus or without dots."""
    if not row.email or row.email.startswith("info@"):
        return None
    local, _at, domain = row.email.partition("@")
    written = maker.draw.choice((local, local.replace(".", ""), f"{local}+news"))
    return Person(row.key, email=f"{written}@{domain}", organisations=row.organisations)


VARIATIONS: tuple[Variation, ...] = (
    slip, initial, plain_letters, other_surname, double_surname, swapped, nickname, moved,
    address_alone,
)  # fmt: skip


def namesake(row: Person, maker: Maker) -> Person | None:
    """Of one name, in another organisation; a name that many bear, besides those of chance."""
    if row.last_name not in maker.surnames[:200]:
        return None
    there = maker.at_firm(row, maker.draw.randrange(maker.firms.many))
    return None if there.email == row.email else there


def father_and_son(row: Person, maker: Maker) -> Person | None:
    """One surname and one firm; a third has the first name too, and is told apart by `jr`."""
    firm = next(iter(row.organisations))
    same = maker.draw.random() < 0.33
    son = replace(row, first_name=f"{row.first_name} jr" if same else maker.first())
    if son.first_name == row.first_name:
        return None
    shared = row.email.startswith("info@")
    found = maker.at_firm(son, firm)
    return replace(found, email=row.email) if shared else found


def brothers(row: Person, maker: Maker) -> Person | None:
    """One firm, one surname, first names that elsewhere are one name."""
    firm = next(iter(row.organisations))
    names = dict((*BROTHERS, *((other, one) for one, other in BROTHERS)))
    other = names.get(row.first_name)
    if other is None or not row.email or row.email.startswith("info@"):
        return None
    return maker.at_firm(replace(row, first_name=other), firm)


def couple(row: Person, maker: Maker) -> Person | None:
    """Two people with one mailbox at a provider."""
    if not row.email.endswith(FREE):
        return None
    firm = maker.draw.randrange(maker.firms.many)
    other = maker.at_firm(replace(row, first_name=maker.first(), last_name=maker.surname()), firm)
    return replace(other, email=row.email)


def behind_info(row: Person, maker: Maker) -> Person | None:
    """A colleague who uses the same mailbox of the office and the same telephone."""
    if not row.email.startswith("info@"):
        return None
    firm = next(iter(row.organisations))
    other = maker.at_firm(maker.person(row.key), firm)
    return replace(other, email=row.email, phone=row.phone)


# How many of a hundred of these, as they seem to be met.
LOOKALIKES: tuple[tuple[Variation, int], ...] = (
    (namesake, 45), (father_and_son, 25), (brothers, 8), (couple, 7), (behind_info, 15),
)  # fmt: skip


def truth_set(size: int, seed: int = SEED) -> TruthSet:
    """About `size` rows, of which a twentieth are written a second time."""
    maker = Maker(size, seed)
    rows = [maker.person(key) for key in range(int(size / 1.1))]
    once = tuple(rows)
    wanted = [(vary, size // 20 // len(VARIATIONS)) for vary in VARIATIONS]
    truth = dict(_added(rows, once, wanted, maker))
    alike = [(vary, size // 20 * share // 100) for vary, share in LOOKALIKES]
    return TruthSet(rows, truth, dict(_added(rows, once, alike, maker)))


def found_among(rows: list[Person]) -> dict[tuple[int, int], int]:
    """Points of each pair that is asked about, the lower key first."""
    return {(match.left, match.right): match.score for match in People(rows).pairs()}


def _added(
    rows: list[Person],
    once: Sequence[Person],
    wanted: list[tuple[Variation, int]],
    maker: Maker,
) -> Iterator[tuple[tuple[int, int], str]]:
    """Add rows that come of those that stand once, each of another one."""
    order = maker.draw.sample(once, len(once))
    for vary, number in wanted:
        left, spare = number, []
        while left and order:
            row = order.pop()
            written = vary(row, maker)
            if written is None:
                spare.append(row)
                continue
            rows.append(replace(written, key=len(rows)))
            left -= 1
            yield (row.key, len(rows) - 1), vary.__name__
        order = spare + order
