"""Counts of a move in words; upper rooms add words for what their targets make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from clusterwerk.members.moving_in.fields import Words
from clusterwerk.platform.evidence import indicators

_DONE: dict[str, Words] = {
    "organisations": _("organisations added to the directory"),
    "categories": _("categories of membership"),
    "memberships": _("memberships"),
    "memberships changed": _("memberships changed"),
    "contributions": _("contributions"),
    "sizes": _("statements of size"),
    "contacts": _("contacts"),
    "contacts changed": _("contacts changed"),
    "positions": _("positions at organisations"),
    "consents": _("answers about the newsletter"),
    "bounced addresses": _("addresses from which mail came back"),
    "interactions": _("notes, calls and meetings"),
}
_MAKES: dict[str, Words] = {
    "organisation": _("organisation"),
    "category": _("category"),
    "membership": _("membership"),
    "contribution": _("contribution"),
    "size": _("statement of size"),
    "contact": _("contact"),
    "position": _("position"),
    "interaction": _("note"),
}


def register_words(*, done: Mapping[str, Words], makes: Mapping[str, Words]) -> None:
    """Words of an upper room for what its targets count and make."""
    _DONE.update(done)
    _MAKES.update(makes)


def done_words(done: Mapping[str, int]) -> list[tuple[Words, int]]:
    """Organisations first, then people, then what they did: not as the database sorts keys."""
    known = list(_DONE)
    keys = sorted(done, key=lambda key: known.index(key) if key in known else len(known))
    return [(_DONE.get(key, key), done[key]) for key in keys]


def makes_words(makes: Sequence[str]) -> list[Words]:
    return [_MAKES.get(key, key) for key in makes]


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """A figure of the cluster before and after the import; empty is unknown."""

    key: str
    name: Words
    before: Decimal | None
    after: Decimal | None

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


def indicator_lines(told: Sequence[Mapping[str, str]]) -> list[IndicatorLine]:
    known = indicators()
    return [
        IndicatorLine(
            each["key"],
            known[each["key"]].name,
            Decimal(each["before"]) if each["before"] else None,
            Decimal(each["after"]) if each["after"] else None,
        )
        for each in told
        if each["key"] in known
    ]
