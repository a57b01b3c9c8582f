"""One cluster for its agency and for itself: agreement, figures, projects, concentration."""

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.programme import ClientOf

QUERIES = 20  # eight of them the transaction, the session and the seats


def page(client: Client, slug: str = "air-cargo-belgium") -> str:
    return client.get(f"/programme/clusters/{slug}/").content.decode()


def test_the_agency_sees_agreement_figures_and_projects(client_of: ClientOf) -> None:
    shown = page(client_of("agency"))
    for text in (
        "30 September 2019", "€450,000", "independent on own income", "ACB vzw",
        "Datasharing in luchtvrachtlogistiek", "Ready For Carriage", "VIL",
    ):  # fmt: skip
        assert text in shown
    assert '<span class="badge is-outline">computed</span>' in shown


def test_each_print_of_a_figure_stands_with_its_place(client_of: ClientOf) -> None:
    shown = page(client_of("agency"), "offshore-energy")
    assert "20 February 2020" in shown
    assert "29 February 2020" in shown
    assert "Offshore Energy: the support ends on 20 February 2020" in shown


def test_the_cluster_sees_its_own_curve_and_what_remains(client_of: ClientOf) -> None:
    shown = page(client_of("manager"))
    assert "Working year 3: 1 of 2 contributors bring half." in shown
    assert '<th scope="row">1</th><td class="num">€1,000</td>' in shown
    assert "M0 180L150 45L300 0" in shown
    assert "Demo data" in shown


def test_the_agency_sees_the_published_point_and_no_amount_of_a_member(client_of: ClientOf) -> None:
    shown = page(client_of("agency"))
    assert "The curve runs through the one published point." in shown
    assert "Working year" not in shown
    assert "When the largest leave" not in shown
    assert "Demo Vracht" not in shown


def test_a_cluster_without_published_contributions_says_so(client_of: ClientOf) -> None:
    shown = page(client_of("agency"), "catalisti")
    assert "Not reported: no contributions are published for this cluster." in shown
    assert "1 January 2017" in shown


def test_the_page_asks_the_database_a_fixed_number_of_times(
    client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of("agency")
    page(client)
    with django_assert_num_queries(QUERIES):
        page(client)
