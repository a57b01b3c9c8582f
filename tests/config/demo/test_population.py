"""The invented members keep every printed figure that can be kept, and are the same every time."""

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from clusterwerk.config.demo.material import demo_targets, material, networks
from clusterwerk.config.demo.people import MANAGED, MANAGED_TOO
from clusterwerk.config.demo.population import (
    AGES_AS_OF,
    DAYS_IN_YEAR,
    InventedNetwork,
    Population,
    make_population,
    solved,
)
from clusterwerk.directory.places import read_municipalities
from clusterwerk.measure.consistency import load_checks, run_checks
from clusterwerk.measure.contribution_profile import ContributionProfile, profile_of
from clusterwerk.platform.text import folded
from clusterwerk.reporting.figures import facts, read_figures
from published import FOLDER, published_rows

FAMOUS = {
    "agfa",
    "barco",
    "bekaert",
    "besix",
    "colruyt",
    "daf",
    "delhaize",
    "duvel",
    "electrabel",
    "fluxys",
    "imec",
    "janssen",
    "kbc",
    "lotus",
    "melexis",
    "picanol",
    "proximus",
    "solvay",
    "sonaca",
    "telenet",
    "tessenderlo",
    "umicore",
    "vandemoortele",
    "vanhool",
}


@pytest.fixture(scope="module")
def population() -> Population:
    return make_population(networks(), material(), together=(MANAGED, MANAGED_TOO))


def printed_profiles() -> dict[str, ContributionProfile]:
    return {
        row["cluster"]: ContributionProfile(
            contributors=int(row["contributors"]),
            maximum=Decimal(row["contribution_max_eur"]),
            minimum=Decimal(row["contribution_min_eur"]),
            median=Decimal(row["contribution_median_eur"]),
            contributors_at_maximum=int(row["contributors_at_max"]),
            contributors_to_half=int(row["contributors_to_half"]),
        )
        for row in published_rows("contributions")
    }


def counted(network: InventedNetwork) -> ContributionProfile:
    return profile_of([member.contribution for member in network.members])


def test_every_network_but_bim_has_exactly_its_printed_figures(population: Population) -> None:
    found = {network.key: counted(network) for network in population.networks}
    printed = printed_profiles()
    assert len(found) == 17
    assert {key for key in found if found[key] != printed[key]} == {"bim"}


def test_bim_has_28_members_to_half_and_says_why(population: Population) -> None:
    marked = [network for network in population.networks if network.impossible]
    (bim,) = marked
    assert bim.key == "bim"
    assert counted(bim) == replace(printed_profiles()["bim"], contributors_to_half=28)
    assert bim.profile == counted(bim)
    assert "28" in bim.impossible


# What a third of the subsidy asks for, and what the figures allow instead.
OTHER_TOTALS = {
    "power-to-gas": (99355, 155000),  # thirty-one of exactly 5,000
    "b-hive": (150000, 140000),  # seven of at most 10,000 bring half
    "bim": (150000, 159500),  # fifty-five of exactly 2,900
    "digitising-manufacturing": (75000, 67325),
    "bouwindustrialisatie": (149875, 131970),
    "innovatieve-coatings": (133350, 102440),
    "flanders-bike-valley": (100350, 79980),
    "flag": (124820, 128800),
    "groen-licht-vlaanderen": (86770, 84775),
    "iot-for-society": (72800, 150005),  # nine of exactly 15,000 already bring 135,000
    "space-4-0": (49970, 52500),
}
WANTED_TOTALS = {
    "air-cargo-belgium": 150000,
    "composieten": 68235,
    "euka": 149990,
    "smart-digital-farming": 70835,
    "offshore-energy": 99690,
    "maas": 98355,
}


def total(network: InventedNetwork) -> Decimal:
    return sum((member.contribution for member in network.members), Decimal(0))


@pytest.mark.parametrize("network", [each.key for each in networks()])
def test_the_total_is_a_third_of_the_subsidy_or_the_nearest_that_the_figures_allow(
    population: Population, network: str
) -> None:
    (found,) = [each for each in population.networks if each.key == network]
    (subsidy,) = [
        Decimal(row["subsidy_eur"])
        for row in published_rows("contributions")
        if row["cluster"] == network
    ]
    if network in WANTED_TOTALS:
        assert total(found) == WANTED_TOTALS[network]
        assert 0 <= total(found) - subsidy / 3 < 5
    else:
        wanted, other = OTHER_TOTALS[network]
        assert total(found) == other
        assert 0 <= wanted - subsidy / 3 < 5


def test_networks_that_the_ceiling_check_reports_cannot_bring_what_is_asked(
    population: Population,
) -> None:
    """The check is generous, so it is silent about three more that fall short.

    It allows the other way of counting who brings half (B-hive) and looks at no median (the
    other two).
    """
    found = run_checks(load_checks(FOLDER / "checks.toml"), facts(read_figures(FOLDER)))
    ceilings = {
        finding.subject: finding.against.value
        for finding in found
        if finding.check == "contributions-reach-the-subsidy"
    }
    wanted = {network.key: network.wanted for network in networks()}
    totals = {network.key: total(network) for network in population.networks}
    short = {key for key in totals if totals[key] < wanted[key]}
    assert set(ceilings) == {"bouwindustrialisatie", "innovatieve-coatings", "flanders-bike-valley"}
    assert short - set(ceilings) == {"b-hive", "digitising-manufacturing", "groen-licht-vlaanderen"}
    assert set(ceilings) <= short
    for key, ceiling in ceilings.items():
        assert isinstance(ceiling, Decimal)
        assert 3 * totals[key] <= ceiling


def test_every_amount_is_a_fee_in_steps_of_five_euro(population: Population) -> None:
    amounts = {member.contribution for each in population.networks for member in each.members}
    assert {amount % 5 for amount in amounts} == {0}


def test_figures_that_exclude_each_other_make_no_demo() -> None:
    wrong = ContributionProfile(3, Decimal(100), Decimal(200), Decimal(150), 1, 1)
    with pytest.raises(ValueError, match="200"):
        solved(wrong, Decimal(100))


def test_the_same_seed_gives_the_same_demo_and_another_seed_another(
    population: Population,
) -> None:
    again = make_population(networks(), material(), together=(MANAGED, MANAGED_TOO))
    other = make_population(networks(), material(), together=(MANAGED, MANAGED_TOO), seed=7)
    assert again == population
    assert other.organisations != population.organisations
    assert [counted(network) for network in other.networks] == [
        counted(network) for network in population.networks
    ]


def test_fifty_organisations_are_members_of_two_or_three_networks(population: Population) -> None:
    number = Counter(len(each.networks) for each in population.organisations)
    assert number == {1: 732, 2: 42, 3: 8}
    assert all(len(set(each.networks)) == len(each.networks) for each in population.organisations)


def test_the_first_organisation_is_a_member_of_both_clusters_of_the_demo_manager(
    population: Population,
) -> None:
    first = population.organisations[0]
    assert first.networks == ("air-cargo-belgium", "euka")
    joined = {
        network.key
        for network in population.networks
        if any(member.organisation == first.index for member in network.members)
    }
    assert joined == {"air-cargo-belgium", "euka"}


def test_no_organisation_is_twice_a_member_of_one_network(population: Population) -> None:
    for network in population.networks:
        members = [member.organisation for member in network.members]
        assert len(members) == len(set(members))
    assert sum(len(network.members) for network in population.networks) == 840


def test_headcount_is_known_for_the_printed_share_and_has_the_printed_shares(
    population: Population,
) -> None:
    known = [each.headcount for each in population.organisations if each.headcount is not None]
    assert len(known) / len(population.organisations) == pytest.approx(710 / 1132, abs=0.001)
    small = sum(headcount < 50 for headcount in known) / len(known)
    assert 0.585 < small < 0.60  # printed: almost 60 %
    assert sum(headcount < 250 for headcount in known) / len(known) == pytest.approx(
        0.80, abs=0.002
    )
    assert min(known) >= 1


def test_ages_have_the_printed_mean_and_shares(population: Population) -> None:
    ages = [(AGES_AS_OF - each.started_on).days / DAYS_IN_YEAR for each in population.organisations]
    assert sum(ages) / len(ages) == pytest.approx(22.5, abs=0.01)
    assert sum(age < 5 for age in ages) / len(ages) == pytest.approx(0.19, abs=0.005)
    assert 0.34 < sum(age <= 10 for age in ages) / len(ages) < 0.37  # more than a third
    assert min(ages) > 0


def test_larger_organisations_tend_to_contribute_more_but_only_a_little(
    population: Population,
) -> None:
    higher = 0
    pairs = 0
    for network in population.networks:
        known = [
            (population.organisations[member.organisation].headcount, member.contribution)
            for member in network.members
        ]
        rows = [(size, amount) for size, amount in known if size is not None]
        for size, amount in rows:
            for other_size, other_amount in rows:
                if size > other_size and amount != other_amount:
                    pairs += 1
                    higher += amount > other_amount
    assert 0.52 < higher / pairs < 0.70


def test_new_members_have_the_printed_share(population: Population) -> None:
    new = [member.is_new for network in population.networks for member in network.members]
    assert sum(new) / len(new) == pytest.approx(658 / 1132, abs=0.01)


def test_every_name_is_used_once_and_says_a_trade(population: Population) -> None:
    names = [each.name for each in population.organisations]
    first_words = {name.split()[0] for name in names}
    assert len(set(names)) == len(first_words) == len(names)
    assert all(re.fullmatch(r"\w+ \w+", name) for name in names)


def test_no_name_is_that_of_a_published_or_famous_company(population: Population) -> None:
    printed = {
        folded(name)
        for name in [
            *(part for row in published_rows("clusters") for part in _names(row)),
            *(
                part
                for row in published_rows("collaborations")
                for part in row["partners"].split(";")
            ),
            *(
                part
                for row in published_rows("intercluster_applications")
                for part in row["other_participants"].split(";")
            ),
        ]
        if name
    }
    words = {folded(each.name).split()[0] for each in population.organisations}
    names = {folded(each.name) for each in population.organisations}
    printed_words = {word for name in printed for word in name.split()}
    assert len(printed) > 60
    assert (names & printed, words & printed_words, words & FAMOUS) == (set(), set(), set())
    assert not {word for word in words for famous in FAMOUS if word.startswith(famous)}


def _names(row: dict[str, str]) -> list[str]:
    hosts, aliases = row["executing_organisations"].split(";"), row["aliases"].split(";")
    return [row["name"], *hosts, *aliases]


def test_every_municipality_of_the_demo_exists_outside_wallonia(population: Population) -> None:
    places = {place.nis_code: place for place in read_municipalities()}
    regions = {places[each.nis_code].region for each in population.organisations}
    assert regions == {"Vlaams Gewest", "Brussels Hoofdstedelijk Gewest"}
    assert all(places[code].nis_code == code for code in material().places)


def test_demo_targets_add_up_to_the_printed_programme_targets() -> None:
    totals: Counter[str] = Counter()
    for target in demo_targets():
        totals[target.indicator] += int(target.value)
    for row in published_rows("clusters"):
        if row["members_basis"] == "target":
            totals["members.paying"] += int(row["members"])
            totals["collaborations.started"] += int(row["collaborations"])
    printed = {
        row["kpi"]: int(row["target_after_3_years"]) for row in published_rows("programme_kpis")
    }
    assert totals["members.paying"] == printed["unique_active_enterprises"] == 1337
    assert totals["collaborations.started"] == printed["multi_party_collaborations"] == 246
    assert {target.cluster for target in demo_targets()} == set(printed_profiles())
