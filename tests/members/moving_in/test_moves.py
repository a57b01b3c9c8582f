"""A move from its files to its rows, and back."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from clusterwerk.directory.duplicates import merge
from clusterwerk.directory.models import (
    Organisation,
    OrganisationIdentifier,
    OrganisationSector,
    Place,
    Postcode,
)
from clusterwerk.measure.duplicates.pool import Pool
from clusterwerk.members.models import (
    Consent,
    Contact,
    Contribution,
    Membership,
    MembershipCategory,
    Move,
    MoveFile,
    MoveState,
    Position,
    RowState,
    SizeStatement,
)
from clusterwerk.members.moving_in.choosing import edit_cells
from clusterwerk.members.moving_in.comparing import compare_move
from clusterwerk.members.moving_in.files import begin_move
from clusterwerk.members.moving_in.importing import import_move, rehearse_move
from clusterwerk.members.moving_in.undoing import undo_move
from clusterwerk.platform.access.session import enter, unlocked
from clusterwerk.platform.errors import DomainError
from factories.moving import acting, moved, rows, states
from factories.prepared import hubspot_contacts, member_list, prepared
from factories.world import World
from members.registered import register

__all__ = ["register"]


def stock() -> tuple[int, ...]:
    kept = (Organisation, OrganisationIdentifier, MembershipCategory, Membership, Contribution,
            SizeStatement, Contact, Position)  # fmt: skip
    return tuple(model._default_manager.count() for model in kept)


def columns(move: Move, name: str) -> dict[str, str]:
    file = MoveFile.objects.get(move=move, name=name)
    return {column["header"]: column["field"] for column in file.columns}


def test_a_member_list_and_an_export_of_contacts_move_in(world: World) -> None:
    seats = acting(world)
    facts = prepared()
    move = moved(
        seats, world.alpha, leden_xlsx=member_list(facts), contacts_csv=hubspot_contacts(facts)
    )
    assert columns(move, "leden.xlsx") == {
        "Naam": "name", "Ondernemingsnummer": "number", "Postcode": "postcode",
        "Gemeente": "municipality", "Lid sinds": "since", "Lidmaatschap": "category",
        "Jaarbijdrage": "contribution", "Aantal werknemers": "headcount",
    }  # fmt: skip
    assert columns(move, "contacts.csv") == {
        "Record ID": "", "First Name": "first_name", "Last Name": "last_name", "Email": "email",
        "Phone Number": "phone", "Job Title": "title", "Associated Company": "name",
        "Lead Status": "",
    }  # fmt: skip
    assert states(move) == {"new": 532, "doubtful": 4, "wrong": 4}
    import_move(seats=seats, move=move)
    assert Membership.objects.filter(cluster=world.alpha).count() == 137
    assert Contact.objects.count() == 396 + 1
    company = facts.companies[0]
    kept = Membership.objects.get(organisation__name=company.name)
    assert kept.period.lower == company.since
    assert (kept.category.name, kept.is_paying, kept.is_demo) == ("KMO", True, True)
    assert Contribution.objects.get(membership=kept).amount == company.fee


def test_a_wrong_check_digit_is_told_with_its_column_and_nothing_of_the_row_comes_in(
    world: World,
) -> None:
    seats = acting(world)
    move = moved(seats, world.alpha, leden_xlsx=member_list(prepared()))
    wrong = rows(move, RowState.WRONG)
    assert [row.number for row in wrong] == [17, 57, 97, 137]
    words = "is no enterprise number: ten digits, of which the last two check."
    assert wrong[0].plan["problems"] == [[1, f"“{wrong[0].cells[1]}” {words}"]]
    import_move(seats=seats, move=move)
    assert not Organisation.objects.filter(name=wrong[0].title).exists()


def test_a_rehearsal_does_everything_and_leaves_nothing(world: World) -> None:
    seats = acting(world)
    before = stock()
    move = moved(seats, world.alpha, leden_xlsx=member_list(prepared()))
    outcome = rehearse_move(seats=seats, move=move)
    assert outcome["done"]["memberships"] == 136
    assert outcome["indicators"][0] == {"key": "members.paying", "before": "1", "after": "137"}
    assert stock() == before
    assert import_move(seats=seats, move=move)["done"] == outcome["done"]


def test_the_same_files_again_find_everything_and_change_nothing(world: World) -> None:
    seats = acting(world)
    facts = prepared(20, 40)
    files = {
        "leden_xlsx": member_list(facts, dirt=False),
        "contacts_csv": hubspot_contacts(facts),
    }
    import_move(seats=seats, move=moved(seats, world.alpha, **files))
    before = stock()
    again = moved(seats, world.alpha, **files)
    assert states(again) == {"same": 60}
    import_move(seats=seats, move=again)
    assert stock() == before


def test_a_move_that_is_taken_back_leaves_what_was_there_before(world: World) -> None:
    seats = acting(world)
    before = stock()
    facts = prepared(20, 40)
    move = moved(
        seats, world.alpha, leden_xlsx=member_list(facts), contacts_csv=hubspot_contacts(facts)
    )
    import_move(seats=seats, move=move)
    assert stock() != before
    undone = undo_move(seats=seats, move=move)
    assert (stock(), undone["kept_count"]) == (before, 0)
    move.refresh_from_db()
    assert move.state == MoveState.UNDONE


def test_values_that_a_move_changed_come_back_unless_they_changed_again(world: World) -> None:
    seats = acting(world)
    first = b"Naam;E-mail;Voornaam;Achternaam;Gsm\nVexo;an@vexo.example;An;Adam;0470 11 22 33\n"
    import_move(seats=seats, move=moved(seats, world.alpha, contacten_csv=first))
    second = first.replace(b"0470 11 22 33", b"0470 99 88 77").replace(b"Adam", b"Adams")
    move = moved(seats, world.alpha, contacten_csv=second)
    (row,) = rows(move, RowState.CHANGED)
    assert row.plan["changes"] == [
        ["Last name", "Adam", "Adams"],
        ["Mobile telephone", "+32470112233", "+32470998877"],
    ]
    import_move(seats=seats, move=move)
    enter(seats, reason="married")
    Contact.objects.filter(email="an@vexo.example").update(last_name="Boonen")
    undone = undo_move(seats=seats, move=move)
    contact = Contact.objects.get(email="an@vexo.example")
    assert (contact.last_name, contact.mobile) == ("Boonen", "+32470112233")
    assert undone["kept"] == ["Contact: An Boonen (Last name changed since)"]


def test_a_contact_that_stays_keeps_its_refusal(world: World) -> None:
    seats = acting(world)
    people = (
        b"Email Address,First Name,Last Name,UNSUB_TIME\n"
        b"an@vexo.example,An,Adam,2024-03-01 10:00:00\n"
        b"bo@vexo.example,Bo,Boon,2024-03-02 10:00:00\n"
    )
    move = moved(seats, world.alpha, unsubscribed_csv=people)
    import_move(seats=seats, move=move)
    assert Consent.objects.filter(contact__email__endswith="vexo.example").count() > 1
    enter(seats, reason="married")
    Contact.objects.filter(email="an@vexo.example").update(last_name="Boonen")
    undo_move(seats=seats, move=move)
    said = Consent.objects.filter(contact__email__endswith="vexo.example")
    assert {(each.contact.email, each.state) for each in said} == {("an@vexo.example", "withdrawn")}


def test_what_others_refer_to_by_now_stays_and_is_told(world: World) -> None:
    seats = acting(world)
    members = b"Naam;Lid sinds\nVexotron NV;1/2/2020\n"
    move = moved(seats, world.alpha, leden_csv=members)
    import_move(seats=seats, move=move)
    enter(seats, reason="by hand")
    organisation = Organisation.objects.get(name="Vexotron NV")
    contact = Contact.objects.create(cluster=world.alpha, last_name="Later", source="test")
    Position.objects.create(
        cluster=world.alpha, contact=contact, organisation=organisation, period="[2024-01-01,)"
    )
    undone = undo_move(seats=seats, move=move)
    assert undone["kept"] == ["Organisation: Vexotron NV (something else refers to it)"]
    assert not Membership.objects.filter(organisation=organisation).exists()


def test_only_the_team_moves_in_and_nobody_into_another_cluster(world: World) -> None:
    seats = acting(world, "observer")
    with pytest.raises(PermissionDenied):
        begin_move(seats=seats, cluster=world.alpha)
    seats = acting(world)
    with pytest.raises(PermissionDenied):
        begin_move(seats=seats, cluster=world.beta)
    assert Move.objects.filter(begun_by__isnull=False).count() == 0


def test_a_move_is_imported_once(world: World) -> None:
    seats = acting(world)
    move = moved(seats, world.alpha, leden_csv=b"Naam;Lid sinds\nVexotron;1/2/2020\n")
    import_move(seats=seats, move=move)
    for again in (import_move, rehearse_move, compare_move):
        with pytest.raises(DomainError, match="was imported or thrown away already"):
            again(seats=seats, move=move)
    assert Membership.objects.filter(cluster=world.alpha).count() == 2


def test_who_still_looks_at_an_older_page_does_not_open_an_imported_move_again(
    world: World,
) -> None:
    seats = acting(world)
    move = moved(seats, world.alpha, leden_csv=b"Naam;Lid sinds\nVexotron;1/2/2020\n")
    (row,) = rows(move, RowState.NEW)
    assert row.move.is_open
    import_move(seats=seats, move=Move.objects.get(pk=move.pk))
    with pytest.raises(DomainError, match="was imported or thrown away already"):
        edit_cells(seats=seats, row=row, cells=["Lumiflux", "1/2/2020"])
    with pytest.raises(DomainError, match="was imported or thrown away already"):
        rehearse_move(seats=seats, move=move)
    assert Move.objects.get(pk=move.pk).state == MoveState.IMPORTED


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Vexo;;1/1/2099;", "The first day, 2099-01-01, is still to come."),
        ("Vexo;;onlangs;", "“onlangs” is no day. Write it as 31/12/2023."),
        ("Vexo;;;", "Since when it is a member is missing."),
        ("Vexo;;1/1/2020;1/1/2019", "The last day lies before the first."),
        (";;1/1/2020;", "The name of the organisation is missing."),
    ],
)
def test_a_row_that_cannot_be_a_membership_says_why(world: World, row: str, words: str) -> None:
    seats = acting(world)
    text = f"Naam;Postcode;Lid sinds;Lid tot\n{row}\nGoed;9000;1/1/2020;\n"
    move = moved(seats, world.alpha, leden_csv=text.encode())
    assert states(move) == {"wrong": 1, "new": 1}
    (wrong,) = rows(move, RowState.WRONG)
    assert wrong.plan["problems"][0][1].startswith(words)


def test_what_is_no_postcode_is_left_out_and_an_unknown_one_is_told(world: World) -> None:
    seats = acting(world)
    with unlocked(seats, "directory"):
        place = Place.objects.create(nis_code="44021", name="Gent", region="Vlaanderen")
        Postcode.objects.create(code="9000", place=place)
    move = moved(
        seats,
        world.alpha,
        leden_csv=b"Naam;Postcode;Lid sinds\n"
        b"Vexo;?;1/1/2020\nLumi;9099;1/1/2020\nOrdel;9000;1/1/2020\n",
    )
    remarks = [row.plan.get("remarks") for row in rows(move, RowState.NEW)]
    assert remarks == [
        [[1, "Left out: “?” is no postcode."]],
        [[1, "No Belgian municipality has the postcode 9099."]],
        None,
    ]


def test_two_rows_of_one_member_make_one(world: World) -> None:
    seats = acting(world)
    text = b"Naam;Lid sinds\nVexotron NV;1/2/2020\nvexotron;1/2/2020\n"
    move = moved(seats, world.alpha, leden_csv=text)
    assert states(move) == {"new": 1, "same": 1}
    import_move(seats=seats, move=move)
    assert Membership.objects.filter(cluster=world.alpha).count() == 2


def offered(world: World) -> dict[str, bool]:
    """Categories that the move made, and whether new members are offered them."""
    rows = MembershipCategory.objects.filter(cluster=world.alpha)
    return dict(rows.exclude(name="Member").values_list("name", "is_offered"))


FORMER = b"Naam;Lid sinds;Lid tot;Lidmaatschap\nVexo;1/1/2019;31/12/2021;Partner\n"
PRESENT = b"Naam;Lid sinds;Lid tot;Lidmaatschap\nLumi;1/1/2020;;Partner\n"


def test_a_category_that_only_former_members_had_is_not_offered_to_new_ones(world: World) -> None:
    seats = acting(world)
    enter(seats, reason="another word")
    MembershipCategory.objects.filter(cluster=world.alpha).update(name="Guild")
    unnamed = FORMER.replace(b";Lidmaatschap", b"").replace(b";Partner", b"")
    move = moved(seats, world.alpha, a_csv=FORMER, b_csv=unnamed.replace(b"Vexo", b"Ordel"))
    import_move(seats=seats, move=move)
    kept = dict(MembershipCategory.objects.values_list("name", "is_offered"))
    assert kept == {"Guild": True, "Partner": False, "Member": False}


def test_it_is_offered_once_a_later_file_or_move_brings_a_member_of_today(world: World) -> None:
    seats = acting(world)
    together = moved(seats, world.alpha, a_csv=FORMER, b_csv=PRESENT)
    import_move(seats=seats, move=together)
    assert offered(world) == {"Partner": True}
    undo_move(seats=seats, move=together)
    import_move(seats=seats, move=moved(seats, world.alpha, leden_csv=FORMER))
    later = moved(seats, world.alpha, leden_csv=PRESENT)
    import_move(seats=seats, move=later)
    assert offered(world) == {"Partner": True}
    undo_move(seats=seats, move=later)
    assert offered(world) == {"Partner": False}


def test_a_category_that_the_team_closed_stays_closed_while_it_has_members(world: World) -> None:
    seats = acting(world)
    import_move(seats=seats, move=moved(seats, world.alpha, leden_csv=PRESENT))
    enter(seats, reason="no more partners")
    MembershipCategory.objects.filter(name="Partner").update(is_offered=False)
    more = PRESENT.replace(b"Lumi", b"Ordel")
    import_move(seats=seats, move=moved(seats, world.alpha, leden_csv=more))
    assert offered(world) == {"Partner": False}


def test_a_row_that_names_a_merged_organisation_lands_on_the_one_it_became(world: World) -> None:
    seats = acting(world)
    text = "Naam;Lid sinds\nZilverberk;1/2/2023\nZonnewijzer;1/2/2023\n"
    import_move(seats=seats, move=moved(seats, world.alpha, leden_csv=text.encode()))
    losing = Organisation.objects.get(name="Zilverberk")
    keeping = Organisation.objects.get(name="Zonnewijzer")
    Membership.objects.filter(organisation=losing).delete()
    merge(seats=seats, losing=losing, keeping=keeping)
    again = b"Naam;Lid sinds;Lidmaatschap\nZilverberk;1/2/2023;Partner\n"
    move = moved(seats, world.alpha, leden_csv=again)
    assert states(move) == {"changed": 1}
    import_move(seats=seats, move=move)
    kept = Membership.objects.get(organisation=keeping)
    assert kept.category.name == "Partner"
    assert not Membership.objects.filter(organisation=losing).exists()


def test_an_enterprise_that_the_member_list_names_by_number_is_known_by_name_in_other_files(
    register: World,
) -> None:
    seats = acting(register)
    contacts = b"Voornaam;Achternaam;Bedrijf\nAn;Adam;Beta Portal\nBo;Boon;Gamma Hosting\n"
    alone = moved(seats, register.alpha, contacten_csv=contacts)
    assert states(alone) == {"doubtful": 2}
    members = b"Naam;Ondernemingsnummer;Lid sinds\nBeta Portal;0400.000.284;1/2/2020\n"
    together = moved(seats, register.alpha, leden_csv=members, contacten_csv=contacts)
    assert states(together) == {"new": 2, "doubtful": 1}


def test_an_enterprise_of_the_register_brings_its_activities_with_its_number(
    register: World,
) -> None:
    seats = acting(register)
    members = (
        b"Naam;Ondernemingsnummer;Lid sinds\n"
        b"Beta;0400.000.284;1/2/2020\nGamma;0400.000.383;1/2/2020\n"
    )
    import_move(seats=seats, move=moved(seats, register.alpha, leden_csv=members))
    enter(seats)
    kept = OrganisationSector.objects.filter(
        organisation__name__in=["Beta Portal", "Gamma Hosting"]
    )
    assert set(kept.values_list("organisation__name", "code", "is_main")) == {
        ("Beta Portal", "63100", True),
        ("Gamma Hosting", "63110", True),
    }
    beta = Organisation.objects.get(name="Beta Portal")
    assert (beta.cluster_id, beta.is_kept_by_register, beta.as_of) == (None, True, date(2020, 1, 1))


def test_what_an_organisation_is_comes_from_its_column_or_from_its_category(world: World) -> None:
    seats = acting(world)
    text = (
        b"Naam;Soort organisatie;Categorie;Lid sinds\nVexo;;KMO;1/2/2020\n"
        b"Dovrel;Hogeschool;Lid;1/2/2020\nKamel;;Kennisinstelling;1/2/2020\n"
        b"Rimble;Gilde;Lid;1/2/2020\n"
    )
    move = moved(seats, world.alpha, leden_csv=text)
    assert columns(move, "leden.csv")["Soort organisatie"] == "organisation_kind"
    import_move(seats=seats, move=move)
    made = Organisation.objects.filter(name__in=["Vexo", "Dovrel", "Kamel", "Rimble"])
    assert dict(made.values_list("name", "kind")) == {
        "Vexo": "enterprise",
        "Dovrel": "knowledge_institution",
        "Kamel": "knowledge_institution",
        "Rimble": "enterprise",
    }
    (row,) = [row for row in rows(move, RowState.NEW) if row.title == "Rimble"]
    assert "no kind of organisation" in str(row.plan)


def test_a_row_is_called_by_what_is_understood_of_it_and_not_by_its_number(world: World) -> None:
    move = moved(acting(world), world.alpha, leden_csv=b"Nr.;Naam;Lid sinds\n7;Vexo;1/2/2020\n")
    assert [row.title for row in rows(move, RowState.NEW)] == ["Vexo"]


def test_an_import_takes_over_what_its_preview_asked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    seats = acting(world)
    first = b"Naam;Lid sinds\nVexotron Gent;1/2/2023\n"
    import_move(seats=seats, move=moved(seats, world.alpha, leden_csv=first))
    text = b"Naam;Lid sinds\nVexotrn Gent;1/2/2023\nHeel iets anders;1/2/2023\n"
    move = moved(seats, world.alpha, leden_csv=text)
    assert states(move) == {"doubtful": 1, "new": 1}
    with monkeypatch.context() as patch:
        patch.setattr(Pool, "like", None)
        assert rehearse_move(seats=seats, move=move)["rows"] == {"doubtful": 1, "new": 1}


def test_an_import_asks_again_when_an_organisation_came_in_after_its_preview(world: World) -> None:
    seats = acting(world)
    text = b"Naam;Lid sinds\nVexotrn Gent;1/2/2023\n"
    move = moved(seats, world.alpha, leden_csv=text)
    assert states(move) == {"new": 1}
    other = b"Naam;Lid sinds\nVexotron Gent;1/2/2023\n"
    import_move(seats=seats, move=moved(seats, world.alpha, anderen_csv=other))
    assert import_move(seats=seats, move=move)["rows"] == {"doubtful": 1}
