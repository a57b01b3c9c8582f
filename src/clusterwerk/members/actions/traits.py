"""Every change to tags and own fields, and their use."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members import access
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
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created, created_many

_TAGS = {"tag_once_per_cluster": gettext_lazy("The cluster has this tag already.")}
_FIELDS = {
    "custom_field_once_per_cluster": gettext_lazy(
        "The cluster has a field of this name already; one that is not in use can be used again."
    ),
    "custom_field_choice_has_choices": gettext_lazy("A choice has at least one thing to choose."),
}
_YES = frozenset({"yes", "true", "1", "ja", "oui", "y", "j", "x"})
_NO = frozenset({"no", "false", "0", "nee", "non", "n"})


@dataclass(frozen=True, slots=True)
class NewField:
    """A field of the cluster's own, about its organisations or its contacts."""

    subject: FieldSubject
    label: str
    kind: FieldKind
    choices: tuple[str, ...] = ()
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class NewValue:
    """A value as typed, of a field about this organisation or contact."""

    field: CustomField
    of: Organisation | Contact
    typed: str


def add_tag(
    *, seats: Seats, cluster: Cluster, name: str, kind: str = TagKind.FREE
) -> tuple[Tag, bool]:
    """Returns the tag and whether it is new; case makes no other tag."""
    access.may_keep_people(seats, cluster.pk).require()
    name = " ".join(name.split())
    kept = Tag.objects.filter(cluster=cluster, kind=kind, name__iexact=name).first()
    if kept:
        return kept, False
    return created(Tag(cluster=cluster, name=name, kind=TagKind(kind)), _TAGS), True


def change_tag(*, seats: Seats, tag: Tag, **facts: Any) -> bool:
    access.may_keep_own_words(seats, tag.cluster_id).require()
    return changed(tag, _TAGS, **facts)


def delete_tag(*, seats: Seats, tag: Tag) -> int:
    """Take a tag away from everything that carries it; returns from how many organisations."""
    access.may_keep_own_words(seats, tag.cluster_id).require()
    number, _rows = TagUse.objects.filter(cluster_id=tag.cluster_id, tag=tag).delete()
    tag.delete()
    return number


def tag_organisation(*, seats: Seats, tag: Tag, organisation: Organisation) -> bool:
    """Whether the organisation did not carry it yet."""
    return tag_organisations(seats=seats, tag=tag, organisations=[organisation.pk]) == 1


def tag_organisations(*, seats: Seats, tag: Tag, organisations: Collection[int]) -> int:
    """Put a tag on many organisations at once; returns how many did not carry it yet."""
    access.may_keep_people(seats, tag.cluster_id).require()
    uses = TagUse.objects.filter(cluster_id=tag.cluster_id, tag=tag)
    carrying = set(
        uses.filter(organisation_id__in=organisations).values_list("organisation_id", flat=True)
    )
    fresh = Organisation.objects.filter(pk__in=set(organisations) - carrying)
    return len(
        created_many(
            TagUse(
                cluster_id=tag.cluster_id,
                tag=tag,
                organisation=organisation,
                is_demo=organisation.is_demo,
            )
            for organisation in fresh
        )
    )


def untag_organisations(*, seats: Seats, tag: Tag, organisations: Iterable[int]) -> int:
    """Take a tag off; returns from how many."""
    access.may_keep_people(seats, tag.cluster_id).require()
    uses = TagUse.objects.filter(cluster_id=tag.cluster_id, tag=tag)
    number, _rows = uses.filter(organisation_id__in=list(organisations)).delete()
    return number


def add_field(*, seats: Seats, cluster: Cluster, new: NewField) -> CustomField:
    """The key follows from the label and stays, whatever the label becomes."""
    access.may_keep_own_words(seats, cluster.pk).require()
    label = " ".join(new.label.split())
    last = CustomField.objects.filter(cluster=cluster).order_by("-position").first()
    return created(
        CustomField(
            cluster=cluster,
            subject=new.subject,
            key=slugify(label)[:60] or "field",
            label=label,
            kind=new.kind,
            choices=list(dict.fromkeys(new.choices)) if new.kind == FieldKind.CHOICE else [],
            position=last.position + 1 if last else 1,
            is_demo=new.is_demo,
        ),
        _FIELDS,
    )


def change_field(*, seats: Seats, field: CustomField, **facts: Any) -> bool:
    """Label, choices, position, in use or not. What it is about and its kind stay: values hang
    on them. A choice that is in use cannot go.
    """
    access.may_keep_own_words(seats, field.cluster_id).require()
    gone = set(field.choices) - set(facts.get("choices", field.choices))
    used = CustomValue.objects.filter(
        cluster_id=field.cluster_id, field=field, value__in=gone
    ).first()
    if used:
        message = _("“%(choice)s” is in use; change those values first, or keep it.")
        raise DomainError(message % {"choice": used.value})
    return changed(field, _FIELDS, **facts)


def set_custom_value(*, seats: Seats, new: NewValue) -> bool:
    """Write, change or, when nothing is typed, take away a value; says whether anything differed.

    Raises `DomainError` for what does not fit the kind of the field.
    """
    access.may_keep_people(seats, new.field.cluster_id).require()
    value = written_value(new.field, new.typed)
    _require_subject(new)
    kept = CustomValue.objects.filter(
        cluster_id=new.field.cluster_id, field=new.field, **_about(new.of)
    ).first()
    if kept is None:
        return bool(value) and bool(created(_value(new, value)))
    if not value:
        kept.delete()
        return True
    return changed(kept, value=value)


def set_custom_values(*, seats: Seats, cluster: Cluster, new: Sequence[NewValue]) -> int:
    """Many at once, as an import has them; returns how many differed."""
    access.may_keep_people(seats, cluster.pk).require()
    if any(each.field.cluster_id != cluster.pk for each in new):
        raise DomainError(_("A field belongs to another cluster."))
    fields = {each.field.pk for each in new}
    rows = CustomValue.objects.filter(cluster=cluster, field_id__in=fields)
    kept = {(row.field_id, row.organisation_id, row.contact_id): row for row in rows}
    fresh: dict[tuple[int, int | None, int | None], CustomValue] = {}
    number = 0
    for each in new:
        _require_subject(each)
        row = _value(each, written_value(each.field, each.typed))
        key = (row.field_id, row.organisation_id, row.contact_id)
        if not row.value:
            continue
        if key in kept:
            number += changed(kept[key], value=row.value)
        else:
            fresh[key] = row
    return number + len(created_many(fresh.values()))


def _require_subject(new: NewValue) -> None:
    wanted = Contact if new.field.subject == FieldSubject.CONTACT else Organisation
    if not isinstance(new.of, wanted):
        raise DomainError(
            _("The field “%(field)s” is about something else.") % {"field": new.field.label}
        )


def _about(of: Organisation | Contact) -> dict[str, Any]:
    return {"contact": of} if isinstance(of, Contact) else {"organisation": of}


def _value(new: NewValue, value: str) -> CustomValue:
    return CustomValue(
        cluster_id=new.field.cluster_id,
        field=new.field,
        value=value,
        is_demo=new.of.is_demo,
        **_about(new.of),
    )


def written_value(field: CustomField, typed: str) -> str:
    """A value as it is kept, whatever way it was typed; empty stays empty.

    Raises `DomainError`, which names the field.
    """
    text = typed.strip()
    if not text:
        return ""
    try:
        return _WRITTEN[FieldKind(field.kind)](field, text)
    except (ValueError, InvalidOperation) as error:
        told = {"field": field.label, "typed": text[:60], "wanted": _wanted(field)}
        message = _("%(field)s: “%(typed)s” does not fit; %(wanted)s.") % told
        raise DomainError(message) from error


def _wanted(field: CustomField) -> str:
    return {
        FieldKind.TEXT: _("write at most 2000 signs"),
        FieldKind.NUMBER: _("write a number such as 1250 or 12.5"),
        FieldKind.DAY: _("write a day such as 31/01/2020 or 2020-01-31"),
        FieldKind.CHOICE: _("choose one of: %(choices)s") % {"choices": ", ".join(field.choices)},
        FieldKind.YES_NO: _("write yes or no"),
    }[FieldKind(field.kind)]


LONGEST_TEXT = 2000


def _text(_field: CustomField, text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise ValueError
    return text


def _number(_field: CustomField, text: str) -> str:
    """A comma or a point before the decimals; a group of three is only told apart by a space."""
    number = Decimal("".join(text.split()).replace(",", "."))
    if not number.is_finite():
        raise ValueError
    return f"{number.normalize():f}"


def _day(_field: CustomField, text: str) -> str:
    parts = text.replace(".", "/").replace("-", "/").split("/")
    if len(parts) != 3:  # noqa: PLR2004 - day, month and year
        raise ValueError
    year_first = len(parts[0]) == 4  # noqa: PLR2004 - signs of a year
    year, month, day = parts if year_first else reversed(parts)
    return date(int(year), int(month), int(day)).isoformat()


def _choice(field: CustomField, text: str) -> str:
    found = [choice for choice in field.choices if choice.casefold() == text.casefold()]
    if not found:
        raise ValueError
    return found[0]


def _yes_no(_field: CustomField, text: str) -> str:
    folded = text.casefold()
    if folded not in _YES | _NO:
        raise ValueError
    return "yes" if folded in _YES else "no"


_WRITTEN = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.DAY: _day,
    FieldKind.CHOICE: _choice,
    FieldKind.YES_NO: _yes_no,
}
