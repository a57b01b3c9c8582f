"""Who may open which page of the programme: every address with every kind of person."""

import pytest

from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import enter
from clusterwerk.reporting.models import CountedReading, PublishedReading
from factories.programme import ClientOf, Programme

EVERYBODY = (
    "anonymous", "stranger", "manager", "observer", "other_manager", "agency",
    "account_manager", "foreign_agency", "member", "evaluator",
)  # fmt: skip
SIGN_IN, SHOWN, REFUSED, HIDDEN = 302, 200, 403, 404
PUBLIC = dict.fromkeys(EVERYBODY, SHOWN)
OVERSIGHT = PUBLIC | {
    "anonymous": SIGN_IN,
    "stranger": REFUSED,
    "manager": REFUSED,
    "observer": REFUSED,
    "other_manager": REFUSED,
    "member": REFUSED,
    "evaluator": REFUSED,
}
OF_ONE_CLUSTER = OVERSIGHT | {"manager": SHOWN, "observer": SHOWN, "foreign_agency": REFUSED}
RECORDS = {who: HIDDEN if status == REFUSED else status for who, status in OF_ONE_CLUSTER.items()}
EXPECTED = {
    "/programme/": OVERSIGHT,
    "/programme/clusters.csv": OVERSIGHT,
    "/programme/clusters.xlsx": OVERSIGHT,
    "/programme/findings/": PUBLIC,
    "/programme/findings.json": PUBLIC,
    "/programme/figures/": PUBLIC,
    "/programme/figures.csv": PUBLIC,
    "/programme/figures/{published}/": PUBLIC,
    "/programme/clusters/air-cargo-belgium/": OF_ONE_CLUSTER,
    "/programme/evidence/{counted}/": RECORDS,
    "/programme/evidence/{private}/": RECORDS,
}


@pytest.fixture
def rows(programme: Programme) -> dict[str, int]:
    enter(seats_of_command(agency=programme.agency.pk))
    of_cluster = {"cluster": programme.managed}
    counted = CountedReading.objects.filter(**of_cluster)
    return {
        "published": PublishedReading.objects.get(**of_cluster, indicator="members.paying").pk,
        "counted": counted.get(indicator="members.paying").pk,
        "private": counted.get(indicator="contributions.maximum").pk,
    }


@pytest.mark.parametrize("address", EXPECTED)
def test_a_page_opens_for_those_it_is_for_and_for_nobody_else(
    client_of: ClientOf, rows: dict[str, int], address: str
) -> None:
    got = {who: client_of(who).get(address.format(**rows)).status_code for who in EVERYBODY}
    assert got == EXPECTED[address]


def test_a_refusal_says_why(client_of: ClientOf) -> None:
    page = client_of("manager").get("/programme/").content.decode()
    assert "Programme oversight is for the agency." in page


def test_who_is_not_signed_in_is_led_to_the_sign_in_and_back(client_of: ClientOf) -> None:
    response = client_of("anonymous").get("/programme/")
    assert response.headers["Location"] == "/accounts/login/?next=/programme/"


@pytest.mark.parametrize(
    "address",
    [
        "/programme/figures/999999/",
        "/programme/evidence/999999/",
        "/programme/clusters/nowhere/",
        "/programme/clusters.pdf",
    ],
)
def test_what_does_not_exist_is_not_found(client_of: ClientOf, address: str) -> None:
    assert client_of("agency").get(address).status_code == HIDDEN


def test_a_counted_value_shows_only_to_those_who_may_see_it(
    client_of: ClientOf, rows: dict[str, int]
) -> None:
    address = "/programme/figures/{published}/".format(**rows)
    evidence = "/programme/evidence/{counted}/".format(**rows)
    sees = [who for who in EVERYBODY if evidence in client_of(who).get(address).content.decode()]
    assert sees == ["manager", "observer", "agency", "account_manager"]


def test_a_foreign_agency_sees_no_cluster_of_the_programme(client_of: ClientOf) -> None:
    page = client_of("foreign_agency").get("/programme/").content.decode()
    assert "Air Cargo Belgium" not in page
    assert "No cluster fits this filter" in page
