"""Duplicates among many organisations, and among the contacts of a cluster: precision and recall on
generated truth sets, and speed.

`python -m bench.duplicates [--size 200000] [--contacts 10000]`. Each twentieth organisation has a
twin that is written otherwise: a slip, another legal form, words swapped or shortened, moved, or
renamed. As many, named after trade and family, have a namesake elsewhere that is another
enterprise, besides those that come of themselves. Contacts are those of `bench/contacts.py`. All
follows from a seed. Seconds are those of the processor.
"""

import argparse
import random
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from bench.contacts import found_among, truth_set
from clusterwerk.measure.duplicates import LIKELY, SURE, Known, Pool, match_many

FORMS = ("NV", "BV", "BVBA", "CV", "VZW", "N.V.", "SRL", "SA", "")
TRADES = (
    "Bakkerij", "Bouw", "Garage", "Slagerij", "Transport", "Schrijnwerken", "Elektro", "Metaal",
    "Consult", "Interieur", "Tuinen", "Schilderwerken", "Verzekeringen", "Apotheek", "Drukkerij",
    "Dakwerken", "Software", "Logistics", "Engineering", "Kapsalon", "Immo", "Advies", "Textiel",
)  # fmt: skip
TAILS = ("Solutions", "Group", "Technologies", "Belgium", "Systems", "Services", "International")
ONSETS = (
    "b", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z",
    "br", "dr", "fl", "gr", "kl", "pl", "sk", "st", "tr",
)  # fmt: skip
SYLLABLES = [onset + vowel for onset in ONSETS for vowel in "aeio"]


def word(draw: random.Random, least: int = 2, most: int = 4) -> str:
    return "".join(draw.choice(SYLLABLES) for _ in range(draw.randint(least, most))).capitalize()


def surnames(draw: random.Random) -> list[str]:
    """Some are borne by many, as in life."""
    return [f"{word(draw, 1, 2)}{draw.choice(('s', 'ens', 'man', 'ers', ''))}" for _ in range(4000)]


def organisations(size: int, draw: random.Random) -> list[Known]:
    families = surnames(draw)
    return [_organisation(key, families, draw) for key in range(size)]


def _organisation(key: int, families: list[str], draw: random.Random) -> Known:
    family = families[min(int(draw.expovariate(1 / 700)), len(families) - 1)]
    shape = draw.random()
    if shape < 0.45:
        name = f"{draw.choice(TRADES)} {family}"
    elif shape < 0.8:
        name = f"{word(draw)} {draw.choice(TAILS)}"
    else:
        name = word(draw, 3, 5)
    code = draw.randint(1000, 9999)
    # No two organisations share a site, whatever they are called.
    site = f"https://www.{name.lower().replace(' ', '')}{key}.be" if draw.random() < 0.5 else ""
    return Known(
        key=key,
        name=f"{name} {draw.choice(FORMS)}".strip(),
        numbers=frozenset({("be-enterprise", f"{key:010}")})
        if draw.random() < 0.5
        else frozenset(),
        website=site,
        postcode=str(code),
        place=f"Place {code}",
        street=f"{word(draw)}straat {draw.randint(1, 200)}" if draw.random() < 0.7 else "",
    )


Variation = Callable[[Known, random.Random], Known]


def slip(row: Known, draw: random.Random) -> Known:
    name, at = row.name, draw.randrange(1, max(2, len(row.name) - 5))
    kind = draw.randrange(3)
    if kind == 0:
        name = name[:at] + name[at + 1 :]
    elif kind == 1:
        name = name[:at] + name[at] + name[at:]
    else:
        name = name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]
    return replace(row, name=name)


def other_form(row: Known, draw: random.Random) -> Known:
    return replace(row, name=f"{_bare(row.name)} {draw.choice(('BV', 'bvba', 'n.v.', 'VOF'))}")


def swapped(row: Known, draw: random.Random) -> Known:
    words = _bare(row.name).split()
    draw.shuffle(words)
    return replace(row, name=" ".join(reversed(words)))


def shortened(row: Known, _draw: random.Random) -> Known:
    words = _bare(row.name).split()
    return replace(row, name=" ".join([*words[:-1], words[-1][:4]]) if words[1:] else words[0])


def moved(row: Known, draw: random.Random) -> Known:
    code = draw.randint(1000, 9999)
    return replace(row, postcode=str(code), place=f"Place {code}", street="")


def renamed(row: Known, draw: random.Random) -> Known:
    """Another name at the same address, with the same website: only that can tell."""
    return replace(row, name=word(draw, 3, 5), website=row.website or f"https://kept{row.key}.be")


VARIATIONS: tuple[Variation, ...] = (slip, other_form, swapped, shortened, moved, renamed)


def _bare(name: str) -> str:
    words = name.split()
    return " ".join(words[:-1] if words[-1] in FORMS and words[1:] else words)


def twins(rows: list[Known], draw: random.Random) -> Iterator[tuple[Known, str, int]]:
    """Rows that are written otherwise, how, and of whom; as typed by hand: mostly no number."""
    for place, row in enumerate(draw.sample(rows, len(rows) // 20)):
        vary = VARIATIONS[place % len(VARIATIONS)]
        key = len(rows) + place
        written = replace(vary(row, draw), key=key, numbers=frozenset())
        if draw.random() < 0.5:
            written = replace(written, website="" if vary is not renamed else written.website)
        if vary is renamed:
            rows[row.key] = replace(row, website=written.website)
        yield written, vary.__name__, row.key


def namesakes(rows: list[Known], first: int, draw: random.Random) -> Iterator[Known]:
    """A trade and a surname elsewhere, another enterprise: no number in half of them."""
    usual = [row for row in rows if row.name.split()[0] in TRADES]
    for place, row in enumerate(draw.sample(usual, len(rows) // 20)):
        other = moved(row, draw)
        numbers = {("be-enterprise", f"9{place:09}")} if draw.random() < 0.5 else ()
        street = f"{word(draw)}straat {draw.randint(1, 200)}"
        yield replace(
            other, key=first + place, website="", street=street, numbers=frozenset(numbers)
        )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.duplicates", description=__doc__)
    parser.add_argument("--size", type=int, default=200_000)
    parser.add_argument("--contacts", type=int, default=10_000)
    sizes = parser.parse_args()
    _contacts(sizes.contacts)
    _organisations(sizes.size)


def _contacts(size: int) -> None:
    made = truth_set(size)
    began = time.process_time()
    found = found_among(made.rows)
    spent = time.process_time() - began
    report(made.truth, found)
    asked = Counter(made.others[pair] for pair in found.keys() & made.others.keys())
    for kind, number in Counter(made.others.values()).items():
        print(f"  {kind:<14} asked about {asked[kind]} of {number}, who are two")
    print(f"{len(made.rows)} contacts of one cluster: {spent:.1f} s, peak {_peak():.0f} MB\n")


def _peak() -> float:
    """Megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _organisations(size: int) -> None:
    draw = random.Random(7)
    rows = organisations(int(size / 1.1), draw)
    told = list(twins(rows, draw))
    truth = {(row.key, of): how for row, how, of in told}
    everybody = [*rows, *(row for row, _how, _of in told)]
    everybody += namesakes(rows, len(everybody), draw)
    began = time.process_time()
    pool = Pool(everybody)
    made = time.process_time()
    found = {(match.right, match.left): match.score for match in pool.pairs()}
    done = time.process_time()
    report(truth, found)
    print(f"{len(everybody)} organisations: pool {made - began:.1f} s, pairs {done - made:.1f} s")
    print(f"together {len(everybody) / (done - began):.0f} rows a second; peak {_peak():.0f} MB")
    asked = [replace(row, key=-1) for row, _how, _of in told][:10_000]
    began = time.process_time()
    hits = sum(bool(matches) for matches in match_many(asked, pool))
    spent = time.process_time() - began
    print(f"{len(asked)} rows against the pool: {len(asked) / spent:.0f} a second, {hits} matched")


def report(truth: dict[tuple[int, int], str], found: dict[tuple[int, int], int]) -> None:
    """Pairs that both are a truth or arise from two twins of chance are counted as they are."""
    right = truth.keys() & found.keys()
    wrong = len(found) - len(right)
    print(f"{len(truth)} twins, {len(found)} pairs found from {LIKELY} on")
    print(f"precision {len(right) / len(found):.3f}, recall {len(right) / len(truth):.3f}")
    sure = [pair for pair, score in found.items() if score >= SURE]
    if sure:
        good = sum(pair in truth for pair in sure)
        print(f"from {SURE} on: {len(sure)} pairs, precision {good / len(sure):.3f}")
    by_kind, hit = Counter(truth.values()), Counter(truth[pair] for pair in right)
    for kind, number in by_kind.items():
        print(f"  {kind:<14} recall {hit[kind] / number:.3f} of {number}")
    print(f"  wrong pairs {wrong}")


if __name__ == "__main__":
    main()
