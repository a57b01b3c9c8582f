"""All that a cluster holds of a contact, in one ZIP: for reading, as tables, and as JSON."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import models
from django.template.loader import render_to_string

from clusterwerk.members.models import Contact, MailAttachment
from clusterwerk.platform.history.personal import Subject, personal_data
from clusterwerk.platform.history.records import record_of
from clusterwerk.platform.history.showing import names_of, show
from clusterwerk.platform.history.tracking import event_model
from clusterwerk.platform.kinds import name_of
from clusterwerk.platform.takeout.archive import UNSAFE
from clusterwerk.platform.ui.export import defused

LEFT_OUT = {"pgh_obj", "content", "name_sort"}  # bytes of files, and what the rest already says


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of one table; `past` are their earlier states, with moment and reason.

    `told` are the same rows for people: names instead of keys, and nothing that is empty.
    """

    key: str
    name: str
    told: list[list[tuple[str, str]]]
    columns: list[str]
    rows: list[list[str]]
    past: list[list[str]]
    past_columns: list[str]


def _held(contact: Contact) -> dict[type[models.Model], set[Any]]:
    """Numbers of rows by table, in every room: those an erasure would take, and those that stay."""
    subject = Subject.of(contact)
    ids: dict[type[models.Model], set[Any]] = {}
    for data in personal_data():
        for claim in data.claims(subject):
            ids.setdefault(claim.model, set()).update((*claim.ids, *claim.past))
        for held in data.holds(subject):
            ids.setdefault(held.model, set()).update(held.ids)
    return ids


def _sections(ids: dict[type[models.Model], set[Any]]) -> list[Section]:
    found = [_section(model, keys) for model, keys in ids.items() if keys]
    return sorted(found, key=lambda section: section.name)


def write_person(file: IO[bytes], *, contact: Contact, cluster: str, day: date) -> int:
    """Write the ZIP; how many rows stand in it."""
    ids = _held(contact)
    sections = _sections(ids)
    told = {"person": str(contact), "cluster": cluster, "day": day, "sections": sections}
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("read-me-first.html", render_to_string("members/person_data.html", told))
        archive.writestr("data.json", _json(sections, cluster, day))
        for section in sections:
            archive.writestr(f"tables/{section.key}.csv", _csv(section.columns, section.rows))
            if section.past:
                text = _csv(section.past_columns, section.past)
                archive.writestr(f"history/{section.key}.csv", text)
        for pk in sorted(ids.get(MailAttachment, ())):
            _write_file(archive, MailAttachment.objects.get(pk=pk))
    return sum(len(section.rows) for section in sections)


def _write_file(archive: ZipFile, kept: MailAttachment) -> None:
    """A file of the person's own mail, when its bytes were kept."""
    if kept.content is not None:
        name = UNSAFE.sub("_", kept.name).strip(" .")
        archive.writestr(f"files/{kept.pk} {name}", bytes(kept.content))


def _section(model: type[models.Model], keys: Iterable[Any]) -> Section:
    fields = _fields(model)
    rows = list(model._meta.base_manager.filter(pk__in=keys).order_by("pk"))
    events = event_model(model)
    past_fields = _fields(events) if events else []
    past = (
        events._meta.base_manager.filter(pgh_obj_id__in=keys).order_by("pgh_id") if events else ()
    )
    return Section(
        key=model._meta.db_table,
        name=name_of(model),
        told=_told(model, rows),
        columns=[_label(model, field) for field in fields],
        rows=[[_written(row, field) for field in fields] for row in rows],
        past=[[_written(row, field) for field in past_fields] for row in past],
        past_columns=[_label(model, field) for field in past_fields],
    )


def _told(model: type[models.Model], rows: list[models.Model]) -> list[list[tuple[str, str]]]:
    """As the history of a row writes it; a table without one, as it stands in the files."""
    record = record_of(model)
    if record is None:
        written = [[(_label(model, each), _written(row, each)) for each in _fields(model)]
                   for row in rows]  # fmt: skip
        return [[(label, text) for label, text in row if text] for row in written]
    names = names_of((record, row) for row in rows)
    shown = [
        [(str(label), show(record, row, name, names)) for name, label in record.fields.items()]
        for row in rows
    ]
    return [[(label, value.text) for label, value in row if not value.is_empty] for row in shown]


def _fields(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    return [field for field in model._meta.concrete_fields if field.name not in LEFT_OUT]


def _label(model: type[models.Model], field: "models.Field[Any, Any]") -> str:
    record = record_of(model)
    return str((record and record.fields.get(field.name)) or field.verbose_name)


def _written(row: models.Model, field: "models.Field[Any, Any]") -> str:
    value = getattr(row, field.attname)
    if value is None:
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _json(sections: list[Section], cluster: str, day: date) -> str:
    facts = {
        "cluster": cluster,
        "day": day.isoformat(),
        "tables": {
            section.key: {
                "name": section.name,
                "rows": [dict(zip(section.columns, row, strict=True)) for row in section.rows],
                "past": [dict(zip(section.past_columns, row, strict=True)) for row in section.past],
            }
            for section in sections
        },
    }
    return json.dumps(facts, ensure_ascii=False, indent=2)


def _csv(columns: list[str], rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
