"""Updates: what follows on what, what changes, and what clusters' organisations become."""

from datetime import date
from pathlib import Path

import pytest

from clusterwerk.directory.actions.register import Loaded, load_register
from clusterwerk.directory.models import (
    IdentifierScheme,
    Organisation,
    OrganisationIdentifier,
    OrganisationKind,
    RegisterChange,
    RegisterChangeKind,
    RegisterEdition,
)
from clusterwerk.directory.queries.register import enterprises, register_entry, search_register
from clusterwerk.platform.access.session import enter, unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.tracking import event_model
from factories.register_extracts import (
    CommandSteps,
    Rows,
    activity,
    dotted,
    enterprise,
    establishment,
    exact,
    name,
    plain,
    seat,
    update,
)
from factories.world import STEWARD

FULL: Rows = {
    "enterprise": [enterprise(1), enterprise(2, "014"), enterprise(3)],
    "establishment": [
        (establishment(5), "01-01-2010", dotted(1)),
        (establishment(6), "01-01-2011", dotted(1)),
    ],
    "denomination": [name(1, "Alfa Bouw BV"), name(2, "Beta NV"), name(3, "Gamma BV")],
    "address": [seat(1), seat(2), seat(3)],
    "contact": [(dotted(1), "ENT", "WEB", "www.example.com")],
    "activity": [activity(1, "41201"), activity(2, "62010"), activity(3, "10712")],
}


def load(path: Path) -> Loaded:
    return load_register(steps=CommandSteps(), path=path)


@pytest.fixture
def loaded(db: None, tmp_path: Path) -> RegisterEdition:
    return load(exact(tmp_path / "full.zip", FULL)).edition


def organisation(index: int, **facts: object) -> Organisation:
    enter(STEWARD)
    with unlocked(STEWARD, "directory"):
        made = Organisation.objects.create(
            kind=OrganisationKind.ENTERPRISE, source="test", is_demo=True, **facts
        )
        OrganisationIdentifier.objects.create(
            organisation=made, scheme=IdentifierScheme.BE_ENTERPRISE, value=plain(index)
        )
    return made


def told(of: Organisation) -> list[tuple[str, str, str]]:
    rows = RegisterChange.objects.filter(organisation=of).order_by("pk")
    return [(row.kind, row.before, row.after) for row in rows]


def test_an_update_takes_away_and_adds(loaded: RegisterEdition, tmp_path: Path) -> None:
    rows: Rows = {
        "enterprise_delete.csv": [[dotted(2)], [dotted(3)]],
        "enterprise_insert.csv": [enterprise(3, "014"), enterprise(4)],
        "denomination_delete.csv": [[dotted(1)], [dotted(2)]],
        "denomination_insert.csv": [name(1, "Alfa Wonen BV"), name(4, "Delta BV")],
        "address_delete.csv": [[dotted(1)]],
        "address_insert.csv": [seat(1, "2000", "Nieuwstraat")],
        "activity_insert.csv": [activity(4, "62010")],
        "establishment_delete.csv": [[establishment(5)]],
        "establishment_insert.csv": [(establishment(9), "01-01-2026", dotted(4))],
    }
    edition = load(update(tmp_path / "update.zip", 11, rows)).edition
    assert (edition.number, edition.enterprise_count, edition.problem_count) == (11, 3, 0)
    assert sorted(row.number for row in enterprises()) == [plain(1), plain(3), plain(4)]
    first, third, fourth = (register_entry(plain(index)) for index in (1, 3, 4))
    assert first and third and fourth  # noqa: PT018 - for the type checker
    assert (first.name, first.municipality, first.street) == (
        "Alfa Wonen BV",
        "Antwerpen",
        "Nieuwstraat",
    )
    assert (first.nace_2025, first.website, first.establishments) == (
        ("41201",),
        "www.example.com",
        1,
    )
    assert (third.name, third.legal_form, third.postcode) == ("Gamma BV", "014", "9000")
    assert (fourth.nace_2025, fourth.establishments) == (("62010",), 1)
    assert [entry.number for entry in search_register("wonen alfa")] == [plain(1)]
    assert search_register("beta") == []
    assert RegisterEdition.objects.filter(is_in_use=True).get() == edition


def test_broken_rows_of_an_update_are_told(loaded: RegisterEdition, tmp_path: Path) -> None:
    rows: Rows = {
        "denomination_insert.csv": [name(1, "Alfa"), name(77, "Nobody")],
        "enterprise_delete.csv": [["0403.019.262"]],
    }
    edition = load(update(tmp_path / "update.zip", 11, rows)).edition
    assert {(each["file"], each["line"], each["reason"]) for each in edition.problems} == {
        ("denomination_insert.csv", 3, "the enterprise is unknown"),
        ("enterprise_delete.csv", 2, "EnterpriseNumber has wrong check digits"),
    }


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (12, "is update 12; edition 10 is in use, so update 11 comes next"),
        (10, "edition 10 of 01-11-2026 is in use and newer"),
        (9, "edition 10 of 01-11-2026 is in use and newer"),
    ],
)
def test_an_update_that_does_not_follow_is_refused(
    loaded: RegisterEdition, tmp_path: Path, number: int, said: str
) -> None:
    rows: Rows = {"enterprise_delete.csv": [[dotted(1)]]}
    with pytest.raises(DomainError, match=said):
        load(update(tmp_path / "update.zip", number, rows))
    assert enterprises().count() == 3


def test_an_update_needs_an_edition(db: None, tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="load a full one first"):
        load(update(tmp_path / "update.zip", 1, {}))


def test_the_same_update_again_changes_nothing(loaded: RegisterEdition, tmp_path: Path) -> None:
    path = update(tmp_path / "update.zip", 11, {"enterprise_delete.csv": [[dotted(1)]]})
    first = load(path)
    again = load(path)
    assert (first.is_new, again.is_new, again.edition) == (True, False, first.edition)


# --- Organisations that are in use ---------------------------------------------------------------


def test_an_organisation_follows_the_register(loaded: RegisterEdition, tmp_path: Path) -> None:
    first = organisation(
        1, name="ALFA BOUW", postcode="9000", street="Kerkstraat 7 bus 2",
        legal_form="Besloten vennootschap",
    )  # fmt: skip
    second = organisation(2, name="Beta NV")
    rows: Rows = {
        "enterprise_delete.csv": [[dotted(2)]],
        "denomination_delete.csv": [[dotted(1)]],
        "denomination_insert.csv": [name(1, "Alfa Wonen BV")],
        "address_delete.csv": [[dotted(1)]],
        "address_insert.csv": [seat(1, "2000", "Nieuwstraat")],
    }
    edition = load(update(tmp_path / "update.zip", 11, rows)).edition
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.name, first.postcode, first.street) == (
        "Alfa Wonen BV",
        "2000",
        "Nieuwstraat 7 bus 2",
    )
    assert first.started_on == date(2003, 2, 1)
    assert second.ceased_on == date(2026, 11, 2)
    assert edition.change_count == 2
    assert told(first) == [
        (RegisterChangeKind.RENAMED, "ALFA BOUW", "Alfa Wonen BV"),
        (RegisterChangeKind.MOVED, "Kerkstraat 7 bus 2, 9000", "Nieuwstraat 7 bus 2, 2000"),
    ]
    assert told(second) == [(RegisterChangeKind.STOPPED, "", "02-11-2026")]
    events = event_model(Organisation)
    assert events is not None
    found = events._default_manager.filter(pgh_obj_id=second.pk).order_by("pgh_id")
    assert found.values_list("pgh_context__reason", flat=True).last() == "register edition 11"


def test_a_full_edition_compares_too(loaded: RegisterEdition, tmp_path: Path) -> None:
    kept = organisation(1, name="Alfa Bouw")
    gone = organisation(2, name="Beta NV")
    never_known = organisation(50, name="Elsewhere")
    rest = {part: [row for row in rows if row[0] != dotted(2)] for part, rows in FULL.items()}
    load(exact(tmp_path / "next.zip", rest, number=11))
    for each in (kept, gone, never_known):
        each.refresh_from_db()
    assert (kept.name, kept.ceased_on, told(kept)) == ("Alfa Bouw", None, [])
    assert (gone.ceased_on, told(gone)) == (
        date(2026, 11, 1),
        [(RegisterChangeKind.STOPPED, "", "01-11-2026")],
    )
    assert (never_known.ceased_on, told(never_known)) == (None, [])


def test_what_the_register_keeps_holds_as_of_the_edition_that_spoke_of_it(
    loaded: RegisterEdition, tmp_path: Path
) -> None:
    before = date(2026, 10, 1)
    kept = organisation(1, name="Alfa Bouw", is_kept_by_register=True, as_of=before)
    typed = organisation(2, name="Beta NV", as_of=before)
    edition = load(exact(tmp_path / "next.zip", FULL, number=11)).edition
    kept.refresh_from_db()
    typed.refresh_from_db()
    assert (kept.as_of, typed.as_of) == (edition.snapshot_on, before)


def test_an_organisation_that_comes_back_is_told(loaded: RegisterEdition, tmp_path: Path) -> None:
    back = organisation(4, name="Delta", ceased_on=date(2025, 1, 1))
    rows: Rows = {
        "enterprise_insert.csv": [enterprise(4)],
        "denomination_insert.csv": [name(4, "Delta BV")],
    }
    load(update(tmp_path / "update.zip", 11, rows))
    back.refresh_from_db()
    assert (back.ceased_on, told(back)) == (
        None,
        [(RegisterChangeKind.RESUMED, "01-01-2025", "")],
    )
