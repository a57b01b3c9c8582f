"""Which organisation a row means: of the cluster, of the directory, of the register, or a new one.

In this order: by number; by name and postcode; by name alone when only one bears it; by likeness,
which a person decides. What this move will make itself is known to later rows and files.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.duplicates.wording import in_words
from clusterwerk.directory.identifiers import shown
from clusterwerk.directory.queries.register import (
    RegisterEntry,
    edition_in_use,
    register_entries,
    search_register,
)
from clusterwerk.measure.duplicates.names import compared
from clusterwerk.measure.duplicates.pool import Pool
from clusterwerk.members.moving_in.claims import Claim, Firm, as_known, firm_as_known
from clusterwerk.members.moving_in.drafts import ORGANISATION, Candidate, Doubt
from clusterwerk.members.moving_in.standing import (
    BATCH,
    firm_of_register,
    firms_by_names,
    firms_by_numbers,
    firms_of_cluster,
)
from clusterwerk.platform.text import folded

LOOKED_UP = 300  # names that are looked for in the register, one search each
MOST_CANDIDATES = 5
ASKED_FROM = 45  # score; a slip of the pen in a short name has no more, and asking costs little


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
        self._add_all(firms_of_cluster(cluster))

    def learn(self, claims: Sequence[Claim]) -> None:
        """Read at once what these claims may mean, in a few statements."""
        numbers = {claim.number for claim in claims if claim.number} - self._by_number.keys()
        self._add_all(firms_by_numbers(numbers), is_near=False)
        self._add_all(firms_by_names({claim.name for claim in claims}), is_near=False)
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
                self._add(firm_of_register(entry), is_near=False)

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
            for match in pool.like(as_known(claim), least=ASKED_FROM)[:MOST_CANDIDATES]:
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
                firm = self._add(firm_of_register(entry), is_near=False)
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
            known = firm_as_known(firm, len(self._refs) - 1)
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


def _candidate(firm: Firm, score: int, why: tuple[str, ...]) -> Candidate:
    number = shown(firm.number) if firm.number.isdigit() else firm.number
    where = f"{firm.postcode} {firm.municipality}".strip()
    origin = _("enterprise register") if firm.entry else ""
    origin = _("new in this move, row %(row)s") % {"row": firm.row} if firm.row else origin
    about = ", ".join(part for part in (number, where, origin) if part)
    return Candidate(firm.ref, firm.name, about, score, why)
