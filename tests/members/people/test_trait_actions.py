"""Tags and own fields: one way of writing values, and nothing typed that does not fit."""

import pytest
from django.core.exceptions import PermissionDenied

from clusterwerk.members.actions import (
    NewField,
    NewValue,
    add_field,
    add_tag,
    change_field,
    change_tag,
    delete_tag,
    set_custom_value,
    set_custom_values,
    tag_organisations,
    untag_organisations,
    written_value,
)
from clusterwerk.members.models import (
    Contact,
    CustomField,
    CustomValue,
    FieldKind,
    FieldSubject,
    Tag,
    TagKind,
    TagUse,
)
from clusterwerk.platform.access.seats import SeatRole, Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.world import World, cluster_seats


@pytest.fixture
def seats(world: World) -> Seats:
    entered = cluster_seats(world.alpha)
    enter(entered)
    return entered


def test_a_tag_is_there_once_whatever_its_case(world: World, seats: Seats) -> None:
    tag, is_new = add_tag(seats=seats, cluster=world.alpha, name=" recycling ")
    assert (tag, is_new) == (Tag.objects.get(), False)
    chain, is_new = add_tag(
        seats=seats, cluster=world.alpha, name="Recycling", kind=TagKind.VALUE_CHAIN
    )
    assert is_new
    other, _ = add_tag(seats=seats, cluster=world.alpha, name="Water")
    with pytest.raises(DomainError, match="already"):
        change_tag(seats=seats, tag=other, name="RECYCLING")
    assert chain.kind == "value_chain"


def test_a_tag_goes_on_many_organisations_at_once_and_off_again(world: World, seats: Seats) -> None:
    tag = Tag.objects.get()
    both = [world.company.pk, world.rival.pk]
    assert tag_organisations(seats=seats, tag=tag, organisations=both) == 1
    assert tag_organisations(seats=seats, tag=tag, organisations=both) == 0
    assert untag_organisations(seats=seats, tag=tag, organisations=[world.company.pk]) == 1
    assert list(TagUse.objects.values_list("organisation", flat=True)) == [world.rival.pk]
    assert delete_tag(seats=seats, tag=tag) == 1
    assert (TagUse.objects.count(), Tag.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("kind", "typed", "written"),
    [
        (FieldKind.NUMBER, "1 250,50", "1250.5"),
        (FieldKind.NUMBER, "10", "10"),
        (FieldKind.DAY, "31/1/2020", "2020-01-31"),
        (FieldKind.DAY, "2020-01-31", "2020-01-31"),
        (FieldKind.CHOICE, "GREEN", "green"),
        (FieldKind.YES_NO, "Ja", "yes"),
        (FieldKind.YES_NO, "0", "no"),
        (FieldKind.TEXT, " as typed ", "as typed"),
        (FieldKind.TEXT, "  ", ""),
    ],
)
def test_a_value_is_written_one_way(kind: FieldKind, typed: str, written: str) -> None:
    field = CustomField(label="Field", kind=kind, choices=["green", "grey"])
    assert written_value(field, typed) == written


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (FieldKind.NUMBER, "about ten"),
        (FieldKind.NUMBER, "NaN"),
        (FieldKind.NUMBER, "Infinity"),
        (FieldKind.DAY, "31/02/2020"),
        (FieldKind.DAY, "soon"),
        (FieldKind.CHOICE, "blue"),
        (FieldKind.YES_NO, "perhaps"),
        (FieldKind.TEXT, "x" * 2001),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_the_name_of_its_field(
    kind: FieldKind, typed: str
) -> None:
    field = CustomField(label="Fleet", kind=kind, choices=["green", "grey"])
    with pytest.raises(DomainError, match="Fleet"):
        written_value(field, typed)


def test_a_value_is_written_changed_and_taken_away(world: World, seats: Seats) -> None:
    field = CustomField.objects.get()
    new = NewValue(field, world.company, "13")
    assert set_custom_value(seats=seats, new=new)
    assert not set_custom_value(seats=seats, new=new)
    assert CustomValue.objects.get().value == "13"
    assert set_custom_value(seats=seats, new=NewValue(field, world.company, ""))
    assert not CustomValue.objects.exists()


def test_a_field_about_organisations_takes_no_contact(world: World, seats: Seats) -> None:
    field = CustomField.objects.get()
    new = NewValue(field, Contact.objects.get(), "13")
    with pytest.raises(DomainError, match="about something else"):
        set_custom_value(seats=seats, new=new)
    with pytest.raises(DomainError, match="about something else"):
        set_custom_values(seats=seats, cluster=world.alpha, new=[new])
    assert CustomValue.objects.get().value == "12"


def test_many_values_come_at_once(world: World, seats: Seats) -> None:
    field = CustomField.objects.get()
    new = [
        NewValue(field, world.company, "12"),
        NewValue(field, world.rival, "5"),
        NewValue(field, world.rival, "6"),
    ]
    assert set_custom_values(seats=seats, cluster=world.alpha, new=new) == 1
    assert set(CustomValue.objects.values_list("value", flat=True)) == {"12", "6"}


def test_a_field_out_of_use_keeps_its_values_and_a_used_choice_stays(
    world: World, seats: Seats
) -> None:
    field = add_field(
        seats=seats,
        cluster=world.alpha,
        new=NewField(FieldSubject.CONTACT, "Sort of diet", FieldKind.CHOICE, ("meat", "green")),
    )
    assert (field.key, field.choices) == ("sort-of-diet", ["meat", "green"])
    set_custom_value(seats=seats, new=NewValue(field, Contact.objects.get(), "Green"))
    with pytest.raises(DomainError, match="green"):
        change_field(seats=seats, field=field, choices=["meat"])
    field.refresh_from_db()
    assert field.choices == ["meat", "green"]
    change_field(seats=seats, field=field, choices=["green"], is_active=False)
    assert CustomValue.objects.get(field=field).value == "green"
    with pytest.raises(DomainError, match="already"):
        add_field(
            seats=seats,
            cluster=world.alpha,
            new=NewField(FieldSubject.CONTACT, "Sort of diet", FieldKind.TEXT),
        )


def test_a_choice_without_choices_is_refused(world: World, seats: Seats) -> None:
    with pytest.raises(DomainError, match="at least one"):
        add_field(
            seats=seats,
            cluster=world.alpha,
            new=NewField(FieldSubject.CONTACT, "Diet", FieldKind.CHOICE),
        )
    assert CustomField.objects.count() == 1


def test_finance_uses_fields_but_does_not_make_them(world: World) -> None:
    seats = cluster_seats(world.alpha, SeatRole.FINANCE)
    enter(seats)
    assert set_custom_value(seats=seats, new=NewValue(CustomField.objects.get(), world.rival, "3"))
    with pytest.raises(PermissionDenied):
        add_field(
            seats=seats,
            cluster=world.alpha,
            new=NewField(FieldSubject.CONTACT, "Diet", FieldKind.TEXT),
        )
    with pytest.raises(PermissionDenied):
        delete_tag(seats=seats, tag=Tag.objects.get())
    assert (CustomField.objects.count(), Tag.objects.count()) == (1, 1)
