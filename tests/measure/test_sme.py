"""Legal SME class: the shares of the Commission's user guide, the ceilings, and what is unknown."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterwerk.measure.sme import (
    CEILINGS,
    Assessment,
    Figures,
    Holder,
    Missing,
    Note,
    Ownership,
    Related,
    Relation,
    SmeClass,
    SmeError,
    assess,
    counted_share,
    known_figures,
    lasting_class,
    relation,
    total_figures,
)

MILLION = Decimal(1_000_000)


def figures(
    headcount: int | None, turnover: int | None = None, balance: int | None = None
) -> Figures:
    """Money in thousands of euro."""
    return Figures(
        None if headcount is None else Decimal(headcount),
        None if turnover is None else Decimal(turnover) * 1000,
        None if balance is None else Decimal(balance) * 1000,
    )


def staff(name: str, share: int, headcount: int, **other: object) -> Related:
    return Related(name, Decimal(share), figures(headcount), **other)  # type: ignore[arg-type]


def test_partners_of_the_guide_are_added_by_their_shares() -> None:
    """A holds 33 % of C and 49 % of D, B holds 25 % of A: A + 25 % B + 33 % C + 49 % D."""
    related = [staff("B", 25, 100), staff("C", 33, 100), staff("D", 49, 100)]
    assert total_figures(figures(100), related).headcount == 207


def test_linked_ones_of_the_guide_are_added_in_full() -> None:
    """A holds 51 % of C and 100 % of D, B holds 60 % of A: all four in full."""
    related = [staff("B", 60, 10), staff("C", 51, 20), staff("D", 100, 30)]
    assert [relation(each) for each in related] == [Relation.LINKED] * 3
    assert total_figures(figures(40), related).headcount == 100


def test_an_investor_of_the_guide_up_to_half_is_not_counted() -> None:
    university = staff("University", 50, 5000, holder=Holder.EXEMPT_INVESTOR)
    assert counted_share(university) == 0
    assert total_figures(figures(12), [university]).headcount == 12


def test_an_investor_with_control_or_more_than_half_is_counted_in_full() -> None:
    more = staff("Fund", 51, 100, holder=Holder.EXEMPT_INVESTOR)
    controls = staff("Fund", 30, 100, holder=Holder.EXEMPT_INVESTOR, has_control=True)
    assert [counted_share(more), counted_share(controls)] == [100, 100]


def test_a_university_of_which_it_holds_a_share_is_a_partner_as_any_other() -> None:
    held = staff("Spin-off", 30, 10, holder=Holder.EXEMPT_INVESTOR, is_upstream=False)
    assert relation(held) == Relation.PARTNER


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (figures(9, 2000, 99000), SmeClass.MICRO),
        (figures(9, 99000, 2000), SmeClass.MICRO),
        (figures(10, 2000, 2000), SmeClass.SMALL),
        (figures(9, 2001, 2001), SmeClass.SMALL),
        (figures(49, 10000, 10001), SmeClass.SMALL),
        (figures(50, 100, 100), SmeClass.MEDIUM),
        (figures(249, 50000, 43001), SmeClass.MEDIUM),
        (figures(249, 50001, 43000), SmeClass.MEDIUM),
        (figures(249, 50001, 43001), SmeClass.LARGE),
        (figures(250, 1, 1), SmeClass.LARGE),
    ],
)
def test_headcount_and_one_of_the_two_amounts_decide(known: Figures, expected: SmeClass) -> None:
    assert assess(known).sme_class == expected


def test_one_of_the_two_amounts_is_enough() -> None:
    assert assess(figures(9, 1500)).sme_class == SmeClass.MICRO
    assert assess(figures(9, 1500)).missing == ()


def test_an_amount_above_the_ceiling_leaves_the_other_to_tell() -> None:
    found = assess(figures(9, 3000))
    assert found.possible == (SmeClass.MICRO, SmeClass.SMALL)
    assert found.is_sme is True
    assert found.missing == (Missing("balance_total"),)


def test_without_headcount_nothing_is_settled_unless_the_amounts_are_large() -> None:
    assert assess(figures(None, 100, 100)).missing == (Missing("headcount"),)
    assert assess(figures(None, 60000, 60000)).sme_class == SmeClass.LARGE
    assert assess(Figures()).possible == tuple(SmeClass)


def test_a_staff_of_250_is_large_whatever_is_unknown() -> None:
    assert assess(figures(250)).sme_class == SmeClass.LARGE


def test_the_missing_figure_of_a_partner_is_named_with_it() -> None:
    partner = Related("Holding", Decimal(40), figures(None, 100, 100))
    found = assess(figures(5, 100, 100), [partner])
    assert found.missing == (Missing("headcount", "Holding"),)
    assert found.sme_class is None


def test_what_stands_apart_need_not_be_known() -> None:
    apart = Related("Small holder", Decimal(10), Figures())
    assert assess(figures(5, 100, 100), [apart]).sme_class == SmeClass.MICRO


def test_unknown_ownership_and_public_bodies_are_said_beside_the_class() -> None:
    town = Related("Town", Decimal(25), figures(0, 0, 0), holder=Holder.PUBLIC_BODY)
    assert assess(figures(5, 1, 1), [town]).notes == {Note.PUBLIC_BODY}
    unknown = Ownership.UNKNOWN
    assert assess(figures(5, 1, 1), ownership=unknown).notes == {Note.OWNERSHIP_UNKNOWN}
    assert assess(figures(250), ownership=unknown).notes == frozenset()


def test_related_enterprises_that_nobody_named_leave_every_larger_class_open() -> None:
    found = assess(figures(40, 9000, 8000), ownership=Ownership.UNNAMED)
    assert found.possible == (SmeClass.SMALL, SmeClass.MEDIUM, SmeClass.LARGE)
    assert (found.sme_class, found.is_sme) == (None, None)
    assert found.missing == ()
    assert found.notes == {Note.RELATED_UNNAMED}
    large = assess(figures(250), ownership=Ownership.UNNAMED)
    assert large.sme_class == SmeClass.LARGE
    assert large.notes == frozenset()


def test_negative_figures_and_impossible_shares_are_refused() -> None:
    with pytest.raises(SmeError, match="headcount is -1"):
        Figures(headcount=Decimal(-1))
    with pytest.raises(SmeError, match="share of B is 101"):
        Related("B", Decimal(101), Figures())


def test_a_class_changes_when_two_years_running_cross_its_ceiling() -> None:
    small, medium, large = SmeClass.SMALL, SmeClass.MEDIUM, SmeClass.LARGE
    assert lasting_class({}) is None
    assert lasting_class({2020: small, 2021: medium, 2022: small}) == small
    assert lasting_class({2020: small, 2021: medium, 2022: medium}) == medium
    assert lasting_class({2020: large, 2021: medium, 2022: small}) == medium
    assert lasting_class({2020: small, 2022: medium}) == medium


def partner(share: int, known: Figures, name: str = "B") -> Related:
    return Related(name, Decimal(share), known)


@pytest.mark.parametrize(
    ("own", "theirs", "expected"),
    [
        # What is known decides: the rest could only add.
        (figures(250), figures(None), (SmeClass.LARGE,)),
        (figures(249, 0, 0), figures(4), (SmeClass.LARGE,)),
        (figures(None, 50001, 43001), figures(None), (SmeClass.LARGE,)),
        (figures(60, 1, 1), figures(0, None, 0), (SmeClass.MEDIUM,)),
        # The amount that is known keeps the ceiling, so the other cannot change anything.
        (figures(9, 100, 100), figures(0, 0, None), (SmeClass.MICRO,)),
        # It does not decide: from the least that it can be to what it may grow to.
        (figures(60), figures(10), (SmeClass.MEDIUM, SmeClass.LARGE)),
        (figures(9, 9, 9), figures(None), tuple(SmeClass)),
        (figures(9, 9, 9), figures(0, None, 40001), tuple(SmeClass)[:3]),
        (figures(20, 60000, None), figures(0, 0, None), tuple(SmeClass)[1:]),
    ],
)
def test_an_unknown_figure_counts_as_zero_or_more(
    own: Figures, theirs: Figures, expected: tuple[SmeClass, ...]
) -> None:
    assert assess(own, [partner(25, theirs)]).possible == expected


def test_only_figures_that_the_class_hangs_on_are_missing() -> None:
    without_staff = assess(figures(None, 100), [partner(30, figures(2, 0, 100))])
    assert without_staff.missing == (Missing("headcount"),)
    without_amounts = assess(figures(20, None, 100), [partner(30, figures(2), "Holding")])
    assert without_amounts.missing == (
        Missing("turnover"),
        Missing("turnover", "Holding"),
        Missing("balance_total", "Holding"),
    )
    assert assess(figures(300), [partner(30, figures(None))]).missing == ()


def test_what_is_known_is_summed_beside_the_sum_that_is_not() -> None:
    found = assess(figures(60, 1000), [partner(30, figures(10))])
    assert found.total == Figures(headcount=Decimal(63))
    assert found.at_least == Figures(Decimal(63), Decimal(1_000_000), Decimal(0))


amounts = st.one_of(st.none(), st.decimals(0, 100 * MILLION, places=2))
staffs = st.one_of(st.none(), st.decimals(0, 400, places=1))
everybody = st.builds(Figures, headcount=staffs, turnover=amounts, balance_total=amounts)
known = st.builds(
    Figures,
    headcount=st.decimals(0, 400, places=1),
    turnover=st.decimals(0, 100 * MILLION, places=2),
    balance_total=st.decimals(0, 100 * MILLION, places=2),
)
others = st.lists(
    st.builds(
        Related,
        name=st.just("B"),
        share=st.decimals(0, 100, places=2),
        figures=everybody,
        holder=st.sampled_from(Holder),
    ),
    max_size=3,
)


def rank(found: Assessment) -> int:
    (only,) = found.possible
    return list(SmeClass).index(only)


@given(known)
def test_a_class_fits_its_ceilings_and_the_next_smaller_does_not(own: Figures) -> None:
    found = assess(own).sme_class
    fitting = [
        each
        for each, most in CEILINGS.items()
        if own.headcount < most.headcount  # type: ignore[operator]
        and (own.turnover <= most.turnover or own.balance_total <= most.balance_total)  # type: ignore[operator]
    ]
    assert found == (fitting[0] if fitting else SmeClass.LARGE)


@given(known, st.decimals(0, 100, places=2), known)
def test_a_related_enterprise_never_makes_it_smaller(
    own: Figures, share: Decimal, theirs: Figures
) -> None:
    assert rank(assess(own, [Related("B", share, theirs)])) >= rank(assess(own))


@given(everybody, others)
def test_an_open_answer_names_what_is_missing_and_a_settled_one_nothing(
    own: Figures, related: list[Related]
) -> None:
    found = assess(own, related)
    assert found.possible
    assert (found.sme_class is None) == bool(found.missing)


@given(everybody, known)
def test_telling_more_never_brings_another_class_in(own: Figures, told: Figures) -> None:
    filled = Figures(
        own.headcount if own.headcount is not None else told.headcount,
        own.turnover if own.turnover is not None else told.turnover,
        own.balance_total if own.balance_total is not None else told.balance_total,
    )
    assert set(assess(filled).possible) <= set(assess(own).possible)


# Sums on both sides of every ceiling; whatever is unknown may add any amount to what is known.
SUMS = {
    "headcount": (0, 9, 10, 49, 50, 249, 250),
    "turnover": (0, 2, 3, 10, 11, 50, 51),
    "balance_total": (0, 2, 3, 10, 11, 43, 44),
}


@settings(max_examples=30)
@given(everybody, others)
def test_exactly_those_classes_are_possible_that_some_figures_give(
    own: Figures, related: list[Related]
) -> None:
    total, least = total_figures(own, related), known_figures(own, related)
    sums = []
    for name, values in SUMS.items():
        scale = 1 if name == "headcount" else MILLION
        known_sum, whole = getattr(least, name), getattr(total, name)
        more = [value * scale for value in values if value * scale > known_sum]
        sums.append([known_sum, *([] if whole is not None else more)])
    given_by_some = {assess(Figures(*each)).sme_class for each in product(*sums)}
    assert set(assess(own, related).possible) == given_by_some
