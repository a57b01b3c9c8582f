"""Choosing an organisation: what is found, what counts as a choice, and what comes back."""

import pytest
from django import forms
from django.http import QueryDict
from django.test import Client

from clusterwerk.directory.actions import (
    NewOrganisation,
    organisation_chosen,
    register_organisation,
    type_in_organisation,
)
from clusterwerk.directory.forms.picking import OrganisationField
from clusterwerk.directory.models import IdentifierScheme, Organisation, OrganisationKind
from clusterwerk.directory.queries import find_organisations
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.world import World, cluster_seats

NUMBER = IdentifierScheme.BE_ENTERPRISE


class JoinForm(forms.Form):
    organisation = OrganisationField(label="Organisation")


def shared(world: World, name: str, **numbers: str) -> Organisation:
    seats = cluster_seats(world.beta)
    enter(seats)
    known = {IdentifierScheme(key.replace("_", "-")): value for key, value in numbers.items()}
    new = NewOrganisation(name, OrganisationKind.ENTERPRISE, "test", identifiers=known)
    return register_organisation(seats=seats, new=new)


def names(text: str) -> list[str]:
    return [found.name for found in find_organisations(text)]


@pytest.mark.parametrize(
    "text",
    ["eclair", "ÉCLAIR", "works eclair", "eclair wo", "Éclair Works NV", "écl"],
)
def test_words_in_any_order_accents_and_legal_forms(world: World, text: str) -> None:
    enter(cluster_seats(world.alpha))
    assert names(text) == ["Éclair Works"]


@pytest.mark.parametrize(
    "text", ["0428.759.497", "BE0428759497", "428759497", "be 0428 759 497", "0428/759/497"]
)
def test_a_number_in_any_notation(world: World, text: str) -> None:
    shared(world, "Numbered", be_enterprise="0428759497")
    assert [found.number for found in find_organisations(text)] == ["0428.759.497"]


@pytest.mark.parametrize(
    "text", ["", " ", "a", "%", "_", "\\", "'", "x\0y", "99999999999", "()&|!"]
)
def test_what_finds_nothing_finds_nothing(world: World, text: str) -> None:
    enter(cluster_seats(world.alpha))
    assert names(text) == []


def test_initials_with_dots_are_one_word(world: World) -> None:
    shared(world, "A.B.C. Metal")
    assert names("abc metal") == ["A.B.C. Metal"]
    assert names("a.b.c.") == ["A.B.C. Metal"]


def test_names_that_begin_so_come_first_and_then_the_shortest(world: World) -> None:
    for name in ("Great Zebra", "Zebra Holding International", "Zebra", "Little old Zebra"):
        shared(world, name)
    assert names("zebra") == [
        "Zebra",
        "Zebra Holding International",
        "Great Zebra",
        "Little old Zebra",
    ]


def test_a_name_is_found_anew_after_it_changed(world: World) -> None:
    made = shared(world, "Old Name")
    seats = cluster_seats(world.beta)
    from clusterwerk.platform.access.session import unlocked  # noqa: PLC0415 - beside its only use

    with unlocked(seats, "directory"):
        Organisation.objects.filter(pk=made.pk).update(name="Fresh Start")
    assert names("old name") == []
    assert names("fresh") == ["Fresh Start"]


def cleaned(world: World, **typed: str) -> tuple[str | None, JoinForm]:
    enter(cluster_seats(world.alpha))
    query = QueryDict(mutable=True)
    query.update(typed)
    form = JoinForm(query)
    field = form.fields["organisation"]
    assert isinstance(field, OrganisationField)
    field.of_cluster(world.alpha.pk)
    return (form.cleaned_data["organisation"] if form.is_valid() else None), form


def test_what_was_chosen_counts(world: World) -> None:
    chosen, _form = cleaned(world, organisation=f"o{world.rival.pk}", organisation_find="eclair")
    assert chosen == f"o{world.rival.pk}"


def test_what_finds_exactly_one_is_a_choice(world: World) -> None:
    chosen, _form = cleaned(world, organisation_find="eclair")
    assert chosen == f"o{world.company.pk}"


def test_what_finds_several_comes_back_with_the_results_and_what_was_typed(world: World) -> None:
    chosen, form = cleaned(world, organisation_find="works")
    page = str(form["organisation"])
    assert chosen is None
    assert form.errors["organisation"] == ["Choose one of the organisations that were found."]
    assert 'value="works"' in page
    assert [name in page for name in ("Éclair Works", "Rival Works")] == [True, True]
    assert page.count('type="radio"') == 2


def test_nothing_and_nothing_found_are_told(world: World) -> None:
    assert cleaned(world)[1].errors["organisation"] == ["Search an organisation and choose it."]
    _none, form = cleaned(world, organisation_find="<script>")
    assert str(form.errors["organisation"][0]).startswith("Nothing was found for “<script>”.")
    assert "<script>" not in str(form["organisation"])


def test_a_choice_that_is_not_there_is_refused_in_words(world: World) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    for chosen in ("", "x1", "o", "o999999999", "o99999999999999999999", "or 1=1", "oo1"):
        with pytest.raises(DomainError, match=r"Choose an organisation|not there any more"):
            organisation_chosen(seats=seats, chosen=chosen)


def test_a_private_organisation_of_another_cluster_cannot_be_chosen(world: World) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    new = NewOrganisation("Nordlys", OrganisationKind.ENTERPRISE, "by hand")
    made = type_in_organisation(seats=seats, cluster=world.alpha.pk, new=new)
    assert organisation_chosen(seats=seats, chosen=f"o{made.pk}") == made
    others = cluster_seats(world.beta)
    enter(others)
    with pytest.raises(DomainError, match="not there any more"):
        organisation_chosen(seats=others, chosen=f"o{made.pk}")


def test_results_come_while_typing(world: World, client: Client) -> None:
    client.force_login(world.people["staff"])
    answer = client.get("/directory/picker/", {"name": "organisation", "organisation_find": "wor"})
    assert answer.status_code == 200
    assert answer.text.count('type="radio"') == 2
    assert "2 organisations found" in answer.text
    assert "<html" not in answer.text


def test_an_own_organisation_says_that_it_is_a_member(world: World, client: Client) -> None:
    client.force_login(world.people["staff"])
    asked = {"name": "it", "it_find": "works", "cluster": str(world.alpha.pk)}
    assert client.get("/directory/picker/", asked).text.count(">member<") == 1
    asked["cluster"] = str(world.beta.pk)
    assert client.get("/directory/picker/", asked).text.count(">member<") == 0


@pytest.mark.parametrize("name", ["", "a b", "<b>", "x" * 80])
def test_a_search_for_no_field_is_a_bad_request(world: World, client: Client, name: str) -> None:
    client.force_login(world.people["staff"])
    assert client.get("/directory/picker/", {"name": name}).status_code == 400


@pytest.mark.parametrize("person", ["stranger", "member", "observer", "evaluator"])
def test_who_adds_nothing_searches_nothing_here(world: World, client: Client, person: str) -> None:
    client.force_login(world.people[person])
    asked = {"name": "it", "it_find": "works"}
    assert client.get("/directory/picker/", asked).status_code == 403
