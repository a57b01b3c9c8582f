"""Lines of the page that renews many memberships: filled in by the rule, or as they were sent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.forms import Form

from clusterwerk.members.forms.changing import NextYearForm, RenewForm
from clusterwerk.members.models import Membership
from clusterwerk.members.queries.renewing import Proposal


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal and what stands in its fields.

    What was sent has a form, which reads it. A line of the first look has none: making and showing
    a form for each of many memberships took longer than all else on the page.
    """

    proposal: Proposal
    filled: Mapping[str, str] = field(default_factory=dict)
    form: Form | None = None
    is_ticked: bool = True

    @property
    def membership(self) -> Membership:
        return self.proposal.membership

    def name(self, part: str) -> str:
        """What a field of the line is called in the form that the whole page sends."""
        return f"{self.membership.pk}-{part}"

    def text(self, part: str) -> str:
        """What stands in a field: as typed, where something was."""
        if self.form is None:
            return self.filled[part]
        return str(self.form.data.get(self.name(part), ""))

    def is_valid(self) -> bool:
        return self.form is not None and self.form.is_valid()

    @property
    def read(self) -> dict[str, Any]:
        """What was sent, by field; only of a valid line."""
        assert self.form is not None, "sent"
        return self.form.cleaned_data

    def error(self, part: str) -> str:
        """What is wrong with a field; nobody is told so of a line without a tick."""
        wrong = self.form.errors.get(part) if self.form and self.is_ticked else None
        return str(wrong[0]) if wrong else ""


def filled_lines(found: Sequence[Proposal]) -> list[Line]:
    """Lines as the rule proposes them; each amount is written once, however many share it."""
    money = RenewForm.base_fields["amount"]
    amounts = {each.proposed.amount for each in found}
    written = {amount: money.prepare_value(amount) or "" for amount in amounts}
    return [Line(each, _filled(each, written[each.proposed.amount])) for each in found]


def _filled(each: Proposal, amount: str) -> dict[str, str]:
    if each.until is None:
        return {"amount": amount}
    ends = each.membership.period.upper
    return {"seen_end": ends.isoformat(), "until": each.until.isoformat(), "amount": amount}


def sent_lines(
    found: Iterable[Proposal],
    kind: type[RenewForm | NextYearForm],
    data: Any,  # noqa: ANN401 - what a request sent
    ticked: set[int],
) -> list[Line]:
    """Lines of the page that was sent, with what was typed, ticked or not."""
    return [
        Line(
            each,
            form=kind(data, prefix=str(each.membership.pk)),
            is_ticked=each.membership.pk in ticked,
        )
        for each in found
    ]
