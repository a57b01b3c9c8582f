"""Last year's indicator workbook comes in as stated figures, apart from counted ones."""

from decimal import Decimal

from django.test import Client
from django.urls import reverse

from clusterwerk.members.models import MoveFile
from clusterwerk.members.moving_in.importing import import_move
from clusterwerk.members.moving_in.undoing import undo_move
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.reporting.models import CountedReading, StatedReading
from factories.moving import moved, seats, states, store
from factories.prepared import indicators
from factories.world import World, cluster_seats

__all__ = ["seats", "store"]


def test_an_indicator_workbook_becomes_stated_figures_with_who_says_so(
    world: World, seats: Seats
) -> None:
    counted = CountedReading.objects.count()
    move = moved(seats, world.alpha, indicatoren_xlsx=indicators())
    assert MoveFile.objects.get(move=move).kind == "indicators"
    import_move(seats=seats, move=move)
    rows = StatedReading.objects.exclude(source="test").order_by("pk")
    told = [(row.name, row.indicator, row.year, row.number, row.target) for row in rows]
    assert told == [
        ("Betalende leden", "members.paying", 2024, Decimal(138), Decimal(120)),
        ("Nieuwe betalende leden", "members.new", 2024, Decimal(41), Decimal(30)),
        ("Tevredenheid van de leden", "", 2024, None, Decimal("0.8")),
    ]
    assert rows[0].said_by == "ledenadministratie"
    assert CountedReading.objects.count() == counted
    assert states(moved(seats, world.alpha, opnieuw_xlsx=indicators())) == {"same": 3}
    undo_move(seats=seats, move=move)
    assert StatedReading.objects.count() == 1


def test_stated_figures_and_the_day_of_their_file_are_written_for_people(
    world: World, client: Client
) -> None:
    enter(cluster_seats(world.alpha))
    StatedReading.objects.create(
        cluster=world.alpha, name="Revenue", indicator="", year=2024, number=Decimal("241300.50"),
        target=Decimal(240000), source="indicators.xlsx, 2020-01-31",
    )  # fmt: skip
    client.force_login(world.people["manager"])
    page = client.get(reverse("reporting:stated_list", args=["alpha"])).content.decode()
    assert 'data-label="Waarde">241.300,5</td>' in page
    assert 'data-label="Streefcijfer">240.000</td>' in page
    assert "<small>indicators.xlsx, 31 januari 2020</small>" in page


def test_the_year_of_a_workbook_may_stand_in_its_headers(world: World, seats: Seats) -> None:
    text = "KPI;Streefwaarde 2025;Realisatie 2025\nBetalende leden;130;134\nEvents;8;9\n"
    move = moved(seats, world.alpha, kpi_csv=text.encode())
    import_move(seats=seats, move=move)
    rows = StatedReading.objects.exclude(source="test").order_by("pk")
    assert [(row.name, row.year, row.number) for row in rows] == [
        ("Betalende leden", 2025, Decimal(134)),
        ("Events", 2025, Decimal(9)),
    ]
