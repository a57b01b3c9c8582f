"""Which organisation a row means: of the cluster, of the directory, of the register, or a new one.

In this order: by number; by name and postcode; by name alone when only one bears it; by likeness,
which a person decides. What this move will make itself is known to later rows and files.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.duplicates.wording import in_words
from clusterwerk.directory.identifiers import shown
from clusterwerk.directory.models import IdentifierScheme, Organisation, OrganisationIdentifier
from clusterwerk.directory.queries.register import (
    RegisterEntry,
    edition_in_use,
    register_entries,
    search_register,
)
from clusterwerk.measure.duplicates.names import compared
from clusterwerk.measure.duplicates.pool import Pool
from clusterwerk.measure.duplicates.scoring import Known
from clusterwerk.members.models import Membership, Position
from clusterwerk.members.moving_in.drafts import ORGANISATION, Candidate, Doubt
from clusterwerk.platform.text import folded

NUMBERS = (IdentifierScheme.BE_ENTERPRISE, IdentifierScheme.VAT)
LOOKED_UP = 300  # names that are looked for in the register, one search each
BATCH = 5_000
MOST_CANDIDATES = 5
ASKED_FROM = 45  # score; a slip of the pen in a short name has no more, and asking costs little


@dataclass(frozen=True, slots=True)
class Claim:
    """What a row says of its organisation."""

    name: str
    number: str = ""
    postcode: str = ""
    municipality: str = ""
    website: str = ""
    email: str = ""
    street: str = ""
    country: str = "BE"
    kind: str = ""  # of the organisation; enterprise when the row says none


@dataclass(slots=True)
class Firm:
    """An organisation that exists (`pk`), stands in the register, or will be made (`row`)."""

    ref: str
    name: str
    number: str = ""
    postcode: str = ""
    municipality: str = ""
    pk: int | None = None
    entry: RegisterEntry | None = None
    claim: Claim | None = None
    row: int = 0
    other_names: tuple[str, ...] = field(default=())
    merged: tuple[str, ...] = field(default=())  # references of those that became this one


@dataclass(frozen=True, slots=True)
class Found:
    """The organisation, or the question who is meant, or nothing at all."""

    firm: Firm | None = None
    doubt: Doubt | None = None


class Firms:
    """All organisations that rows of one move may mean."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.by_ref: dict[str, Firm] = {}
        self._by_number: dict[str, str] = {}
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        self._refs: list[str] = []
        self._everybody = Pool(())
        self._without_number = Pool(())
        self._waiting: list[Firm] = []
        self._meant: set[str] = set()
        self._searched: dict[str, list[RegisterEntry]] = {}
        self._has_register = edition_in_use() is not None
        self._add_all(_of_cluster(cluster))

    def learn(self, claims: Sequence[Claim]) -> None:
        """Read at once what these claims may mean, in a few statements."""
        numbers = {claim.number for claim in claims if claim.number} - self._by_number.keys()
        self._add_all(_by_numbers(numbers), is_near=False)
        self._add_all(_by_names({claim.name for claim in claims}), is_near=False)
        self._fetch(numbers - self._by_number.keys())

    def know(self, refs: Iterable[str]) -> None:
        """Enterprises of the register that a person chose: no row need name their number."""
        chosen = {ref for ref in refs if ref.startswith("r:")} - self.by_ref.keys()
        self._fetch({ref.removeprefix("r:") for ref in chosen})

    def mean(self, firm: Firm) -> None:
        """A row of this move means it: another row needs no more than its name."""
        self._meant.add(firm.ref)

    def _fetch(self, numbers: Iterable[str]) -> None:
        if not self._has_register:
            return
        wanted = sorted(numbers)
        for start in range(0, len(wanted), BATCH):
            for entry in register_entries(wanted[start : start + BATCH]).values():
                self._add(_registered(entry), is_near=False)

    def find(self, claim: Claim, *, may_make: bool, may_ask: bool = True) -> Found:
        """What a claim means; a doubt names the candidates, the likeliest first.

        Without `may_ask` nobody is looked for who only looks alike: that was done, in vain.
        """
        if claim.number:
            firm = self.by_ref.get(self._by_number.get(claim.number, ""))
            if firm is not None:
                return Found(firm)
        sure = self._of_that_name(claim)
        near = [firm for firm in sure if firm.ref in self._meant]
        if len(near or sure) == 1 and _fits((near or sure)[0], claim, is_meant=bool(near)):
            return Found((near or sure)[0])
        if not may_ask:
            return Found()
        candidates = self._alike(claim, sure)
        if not candidates:
            return Found()
        key = f"{compared(claim.name).compact}|{claim.number}|{claim.postcode}"
        return Found(doubt=Doubt(ORGANISATION, key[:150], claim.name, tuple(candidates), may_make))

    def plan(self, claim: Claim, row: int) -> Firm:
        """An organisation that this move will make; the same claim gives the same one."""
        key = claim.number or f"{compared(claim.name).compact}|{claim.postcode}"
        ref = f"n:{key}"
        if ref not in self.by_ref:
            firm = Firm(ref, claim.name, claim.number, claim.postcode, claim.municipality)
            firm.claim, firm.row = claim, row
            self._add(firm)
        return self.by_ref[ref]

    def _of_that_name(self, claim: Claim) -> list[Firm]:
        refs = self._by_name.get(compared(claim.name).compact, ())
        same = [self.by_ref[ref] for ref in refs]
        return [
            firm
            for firm in same
            if not (claim.number and firm.number and firm.number != claim.number)
        ]

    def _alike(self, claim: Claim, sure: Iterable[Firm]) -> list[Candidate]:
        """Those of the same name first, then those that look alike, then the register.

        A row with a number is compared with what stood here without one; what this move makes of
        rows without a number is compared with everything when its own turn comes.
        """
        found = {firm.ref: _candidate(firm, 95, (_("same name"),)) for firm in sure}
        pool = self._without_number if claim.number else self._everybody
        self._fill_pools()
        if len(pool):
            for match in pool.like(_known(claim), least=ASKED_FROM)[:MOST_CANDIDATES]:
                firm = self.by_ref[self._refs[match.right]]
                found.setdefault(firm.ref, _candidate(firm, match.score, in_words(match.reasons)))
        if not found and not claim.number:
            found = {each.ref: each for each in self._in_register(claim)}
        return sorted(found.values(), key=lambda each: -each.score)[:MOST_CANDIDATES]

    def _in_register(self, claim: Claim) -> Iterator[Candidate]:
        """Enterprises of exactly this name, but for case, accents and legal form."""
        if not self._has_register or len(self._searched) >= LOOKED_UP:
            return
        wanted = compared(claim.name).compact
        if wanted not in self._searched:
            self._searched[wanted] = search_register(claim.name, limit=8)
        for entry in self._searched[wanted]:
            names = [entry.name, *(each.name for each in entry.names)]
            if wanted in {compared(name).compact for name in names}:
                firm = self._add(_registered(entry), is_near=False)
                near = bool(claim.postcode) and claim.postcode == entry.postcode
                why = (_("same name"), _("same postcode")) if near else (_("same name"),)
                yield _candidate(firm, 90 if near else 70, why)

    def _add_all(self, firms: Iterable[Firm], *, is_near: bool = True) -> None:
        for firm in firms:
            self._add(firm, is_near=is_near)

    def _add(self, firm: Firm, *, is_near: bool = True) -> Firm:
        """Into all indexes; those far away are found by number and name, not by likeness."""
        kept = self.by_ref.setdefault(firm.ref, firm)
        for ref in firm.merged:
            self.by_ref.setdefault(ref, kept)
        for name in {compared(each).compact for each in (firm.name, *firm.other_names)}:
            if kept.ref not in self._by_name[name]:
                self._by_name[name].append(kept.ref)
        if kept is not firm:
            return kept
        if firm.number:
            self._by_number.setdefault(firm.number, firm.ref)
        if is_near:
            self._waiting.append(firm)
        return firm

    def _fill_pools(self) -> None:
        """Prepared for comparison when the first row asks who looks alike, and not before."""
        for firm in self._waiting:
            self._refs.append(firm.ref)
            known = _known_firm(firm, len(self._refs) - 1)
            self._everybody.add(known)
            if not firm.number and firm.claim is None:
                self._without_number.add(known)
        self._waiting.clear()

    @property
    def searched_in_vain(self) -> bool:
        """Whether nothing was learnt from the register while rows were compared."""
        return not any(self._searched.values())

    def digest(self) -> str:
        """Of everybody who is known by now: on this depends who looks like whom."""
        edition = edition_in_use()
        told = [edition.number if edition else 0, *sorted(self._meant)]
        known = sorted(
            (firm.ref, firm.name, firm.number, firm.postcode, firm.municipality)
            for firm in self.by_ref.values()
        )
        return hashlib.sha256(json.dumps([told, known]).encode()).hexdigest()


def _fits(firm: Firm, claim: Claim, *, is_meant: bool) -> bool:
    """Whether the same name is enough: nothing that is known of both speaks against it.

    Of the whole register it is not, unless another row of the move means that enterprise.
    """
    if claim.postcode and firm.postcode:
        return claim.postcode == firm.postcode
    if claim.municipality and firm.municipality:
        return folded(claim.municipality) == folded(firm.municipality)
    return is_meant or firm.entry is None or bool(claim.number)


def _of_cluster(cluster: Cluster) -> Iterator[Firm]:
    """Members of today and before, those with a contact here, and those typed in here."""
    members = Membership.objects.filter(cluster=cluster).values("organisation")
    with_people = Position.objects.filter(cluster=cluster).values("organisation")
    wanted = Q(pk__in=members) | Q(pk__in=with_people) | Q(cluster_id=cluster.pk)
    yield from _firms(Organisation.objects.filter(wanted))


def _by_numbers(numbers: Iterable[str]) -> Iterator[Firm]:
    wanted = list(numbers)
    for start in range(0, len(wanted), BATCH):
        known = OrganisationIdentifier.objects.filter(
            scheme__in=NUMBERS, value__in=wanted[start : start + BATCH]
        )
        yield from _firms(Organisation.objects.filter(pk__in=known.values("organisation")))


def _by_names(names: Iterable[str]) -> Iterator[Firm]:
    """Shared organisations of exactly these names, but for case and accents."""
    wanted = [folded(name) for name in names if name]
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        yield from _firms(Organisation.objects.filter(name_sort__in=batch, cluster_id=None))


def _firms(organisations: QuerySet[Organisation]) -> Iterator[Firm]:
    """Each as it stands: one that was merged is the one it became, under its old name too."""
    named = {
        pk: (name, winner)
        for pk, name, winner in organisations.values_list("pk", "name", "merged_into")
    }
    became = _winners({pk: winner for pk, (_name, winner) in named.items() if winner})
    losers: defaultdict[int, list[int]] = defaultdict(list)
    for pk, winner in became.items():
        losers[winner].append(pk)
    keys = {became.get(pk, pk) for pk in named}
    numbers = _numbers_of(keys)
    rows = Organisation.objects.filter(pk__in=keys)
    for pk, name, postcode, municipality, place in rows.values_list(
        "pk", "name", "postcode", "municipality", "place__name"
    ):
        where = municipality or place or ""
        firm = Firm(f"o:{pk}", name, numbers.get(pk, ""), postcode, where, pk)
        firm.other_names = tuple(named[loser][0] for loser in losers[pk])
        firm.merged = tuple(f"o:{loser}" for loser in losers[pk])
        yield firm


def _numbers_of(keys: Iterable[int]) -> dict[int, str]:
    held = OrganisationIdentifier.objects.filter(organisation__in=keys, scheme__in=NUMBERS)
    return dict(held.values_list("organisation", "value"))


def _winners(merged: dict[int, int]) -> dict[int, int]:
    """For each one that was merged, the one that stands; a winner may have been merged later."""
    step = dict(merged)
    while step:
        later = Organisation.objects.filter(pk__in=set(step.values()), merged_into__isnull=False)
        step = {pk: winner for pk, winner in later.values_list("pk", "merged_into") if winner}
        merged = {pk: step.get(winner, winner) for pk, winner in merged.items()}
    return merged


def _registered(entry: RegisterEntry) -> Firm:
    names = tuple(each.name for each in entry.names)
    return Firm(
        f"r:{entry.number}",
        entry.name,
        entry.number,
        entry.postcode,
        entry.municipality,
        entry=entry,
        other_names=names,
    )


def _known(claim: Claim, key: int = -1) -> Known:
    return Known(
        key,
        claim.name,
        numbers=_numbers(claim.number),
        website=claim.website,
        mail=(claim.email,) if claim.email else (),
        postcode=claim.postcode,
        place=claim.municipality,
        street=claim.street,
        country=claim.country,
    )


def _known_firm(firm: Firm, key: int) -> Known:
    if firm.claim is not None:
        return _known(firm.claim, key)
    return Known(
        key,
        firm.name,
        other_names=firm.other_names,
        numbers=_numbers(firm.number),
        postcode=firm.postcode,
        place=firm.municipality,
    )


def _numbers(number: str) -> frozenset[tuple[str, str]]:
    return frozenset({(IdentifierScheme.BE_ENTERPRISE.value, number)}) if number else frozenset()


def _candidate(firm: Firm, score: int, why: tuple[str, ...]) -> Candidate:
    number = shown(firm.number) if firm.number.isdigit() else firm.number
    where = f"{firm.postcode} {firm.municipality}".strip()
    origin = _("enterprise register") if firm.entry else ""
    origin = _("new in this move, row %(row)s") % {"row": firm.row} if firm.row else origin
    about = ", ".join(part for part in (number, where, origin) if part)
    return Candidate(firm.ref, firm.name, about, score, why)
