"""Who of a member list pays, with an agreement and without, told or not."""

from datetime import date
from decimal import Decimal

import pytest

from clusterwerk.members.actions.categories import NewRule, set_rule
from clusterwerk.members.models import (
    Contribution,
    Membership,
    MembershipCategory,
    Move,
    RowState,
    RuleKind,
)
from clusterwerk.members.moving_in.importing import import_move
from clusterwerk.members.moving_in.parts import held
from clusterwerk.members.moving_in.values import fee
from clusterwerk.platform.access.seats import Seats
from factories.moving import moved, rows, states
from factories.world import World

LIST = b"Naam;Lid sinds;Bijdrage\nVexo;1/2/2020;500\nLumi;1/2/2020;0\nOrdel;1/2/2020;\n"
TOLD = [
    ["Pays a contribution."],
    ["Pays no contribution."],
    ["Counts as paying: the file does not say whether it pays."],
]


def paying(move: Move) -> dict[str, bool]:
    names = [row.title for row in rows(move, RowState.NEW)]
    kept = Membership.objects.filter(organisation__name__in=names)
    return dict(kept.values_list("organisation__name", "is_paying"))


def test_a_contribution_of_nothing_is_no_paying_member_also_without_an_agreement(
    world: World, seats: Seats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "term_of_cluster", lambda _cluster: None)
    move = moved(seats, world.alpha, leden_csv=LIST)
    assert [row.plan["told"] for row in rows(move, RowState.NEW)] == TOLD
    outcome = import_move(seats=seats, move=move)
    assert paying(move) == {"Vexo": True, "Lumi": False, "Ordel": True}
    assert outcome["indicators"][0] == {"key": "members.paying", "before": "1", "after": "3"}
    assert not Contribution.objects.filter(membership__organisation__name="Vexo").exists()


def test_with_an_agreement_the_same_members_pay_and_the_amounts_are_kept(
    world: World, seats: Seats
) -> None:
    move = moved(seats, world.alpha, leden_csv=LIST)
    import_move(seats=seats, move=move)
    assert paying(move) == {"Vexo": True, "Lumi": False, "Ordel": True}
    amounts = Contribution.objects.filter(membership__organisation__name__in=["Vexo", "Lumi"])
    assert set(amounts.values_list("amount", flat=True)) == {Decimal(500), Decimal(0)}


def test_a_column_of_who_pays_counts_more_than_the_amount(world: World, seats: Seats) -> None:
    text = b"Naam;Lid sinds;Bijdrage;Betalend\nVexo;1/2/2020;500;nee\nLumi;1/2/2020;0;ja\n"
    move = moved(seats, world.alpha, leden_csv=text)
    import_move(seats=seats, move=move)
    assert paying(move) == {"Vexo": False, "Lumi": True}


@pytest.mark.parametrize(("rate", "is_paying"), [(0, False), (250, True)])
def test_a_member_of_whom_nothing_is_told_follows_the_rule_of_its_category(
    world: World, seats: Seats, rate: int, *, is_paying: bool
) -> None:
    category = MembershipCategory.objects.get(cluster=world.alpha)
    new = NewRule(RuleKind.FIXED, date(2020, 1, 1), {"": Decimal(rate)})
    set_rule(seats=seats, category=category, new=new)
    text = f"Naam;Lid sinds;Lidmaatschap;Bijdrage\nVexo;1/2/2020;{category.name};\n"
    move = moved(seats, world.alpha, leden_csv=text.encode())
    import_move(seats=seats, move=move)
    assert paying(move) == {"Vexo": is_paying}


@pytest.mark.parametrize(
    "text", ["0", "0,00", "€ 0", "nee", "Gratis", "-", "\u2013", "€ -", "vrijgesteld", "geen"]
)
def test_nothing_is_read_however_it_is_written(text: str) -> None:
    assert fee(text) == 0


@pytest.mark.parametrize("text", ["niet betaald", "ja", "?"])
def test_what_may_still_be_paid_is_not_taken_for_nothing(text: str) -> None:
    with pytest.raises(ValueError, match="is no amount"):
        fee(text)


def test_a_later_list_says_of_a_member_that_it_pays_nothing(world: World, seats: Seats) -> None:
    import_move(seats=seats, move=moved(seats, world.alpha, leden_csv=LIST))
    other = LIST.replace(b"1/2/2020;500", b"15/1/2020;gratis")
    later = moved(seats, world.alpha, leden_csv=other)
    assert states(later) == {"changed": 1, "same": 2}
    (row,) = rows(later, RowState.CHANGED)
    assert row.plan["changes"] == [
        ["Member since", "1 Feb 2020", "15 Jan 2020"],
        ["Pays a contribution", "yes", "no"],
        ["Contribution", "€500", "€0"],
    ]
    import_move(seats=seats, move=later)
    assert not Membership.objects.get(organisation__name="Vexo").is_paying


def test_a_negative_contribution_is_wrong_also_without_an_agreement(
    world: World, seats: Seats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "term_of_cluster", lambda _cluster: None)
    move = moved(seats, world.alpha, leden_csv=b"Naam;Lid sinds;Bijdrage\nVexo;1/2/2020;-5\n")
    (row,) = rows(move, RowState.WRONG)
    assert row.plan["problems"] == [[2, "A contribution is not negative."]]
