"""The pack says what the installation is, in both languages, and shows what is open."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps
from docx import Document as WordDocument
from pytest_django.fixtures import Settings

from clusterwerk.platform.backup.record import LastBackup
from clusterwerk.platform.legal import facts as legal_facts
from clusterwerk.platform.legal.answers import LANGUAGES, Answers, questions
from clusterwerk.platform.legal.documents import Document, digest, document, documents
from clusterwerk.platform.legal.facts import Facts, facts
from clusterwerk.platform.legal.files import KINDS, written
from clusterwerk.platform.legal.pieces import shown
from clusterwerk.platform.legal.tables import TABLES, Known, NotedBreach, measures
from clusterwerk.platform.legal.texts import DOCUMENTS, rows, text, words

DAY = date(2026, 5, 4)
NOTHING = Known(Answers(), Facts({}, {}), DAY, None)


def said(of: Document) -> str:
    """Everything a document says, open places included."""
    cells = [
        cell
        for section in of.sections
        for part in section.parts
        for cell in (*part.lines, *(part.table.cells if part.table else ()))
    ]
    empties = [
        part.table.empty
        for section in of.sections
        for part in section.parts
        if part.table and not part.table.rows
    ]
    return "\n".join([of.title, of.draft, of.made, *map(shown, cells), *empties])


def whole(of: Known, language: str) -> str:
    return "\n".join(said(each) for each in documents(of, language))


def everything() -> Known:
    """Every question answered with its own key."""
    by_key: dict[str, Any] = {
        key: {
            "text": dict.fromkeys(LANGUAGES, f"answer to {key}"),
            "yes": True,
        }.get(question.kind, 7)
        for key, question in questions().items()
    }
    every = {row["fact"]: True for row in rows("measures", "measure")}
    return Known(Answers(by_key), Facts(every, {"User": ("email", "name")}), DAY, [])


@pytest.mark.parametrize("key", DOCUMENTS)
def test_both_languages_hold_the_same_sections_parts_and_places(key: str) -> None:
    def shape(language: str) -> list[Any]:
        found = []
        for section in text(key, language).sections:
            blocks = [
                (block.kind, len(block.lines), sorted(re.findall(r"\{\{.*?\}\}", str(block.lines))))
                if block.kind != "table"
                else (block.kind, block.lines)
                for block in section.blocks
            ]
            found.append((section.key, blocks))
        return found

    assert shape("nl") == shape("en")
    assert shape("nl")
    assert all(section.blocks for section in text(key, "nl").sections)
    assert text(key, "nl").title != text(key, "en").title


def test_every_row_of_the_data_has_both_languages() -> None:
    assert set(words("nl")) == set(words("en"))
    for name, key in (("processing", "activity"), ("risks", "risk")):
        for row in rows(name, key):
            assert set(row["nl"]) == set(row["en"]), row["key"]
    for row in rows("measures", "measure"):
        assert {"nl", "en", "open_nl", "open_en"} <= set(row), row["key"]


def test_every_table_and_place_of_a_text_exists_and_is_used() -> None:
    places, used = set(), set()
    for key in DOCUMENTS:
        for section in text(key, "nl").sections:
            for block in section.blocks:
                if block.kind == "table":
                    used.add(block.lines[0])
                places |= set(re.findall(r"\{\{([a-z_.]+)\}\}", " ".join(block.lines)))
    assert used == set(TABLES)
    assert places <= set(questions())


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nobody_answered_is_shown_as_open_and_nothing_is_invented(language: str) -> None:
    content = whole(NOTHING, language)
    for question in questions().values():
        if question.kind != "yes" or question.key.startswith("transfers"):
            assert f"[{words(language)['open'].format(name=question.name[language])}]" in content
    agreement = document("processor-agreement", NOTHING, language)
    assert agreement.open_pieces > 30
    state = words(language)
    assert f"\n{state['in_place']}\n" not in said(agreement)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", questions())
def test_each_answer_stands_in_the_pack_where_it_was_open(key: str, language: str) -> None:
    full = everything()
    without = {name: value for name, value in full.answers.by_key.items() if name != key}
    lacking = Known(Answers(without), full.facts, DAY, [])
    if key.startswith("measures."):
        facts_without = {name: it for name, it in full.facts.by_key.items() if name != key}
        lacking = replace(lacking, facts=Facts(facts_without, {}))
    before, after = whole(lacking, language), whole(full, language)
    assert before != after
    if questions()[key].kind == "text":
        assert f"answer to {key}" in after
        assert f"answer to {key}" not in before
    assert digest(lacking.answers, lacking.facts) != digest(full.answers, full.facts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_every_answer_nothing_is_open_but_the_retention_it_asks(language: str) -> None:
    assert [each.key for each in documents(everything(), language) if each.open_pieces] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("measure", [row["key"] for row in rows("measures", "measure")])
def test_a_measure_that_does_not_stand_is_open_in_its_own_words(
    measure: str, language: str
) -> None:
    row = next(row for row in rows("measures", "measure") if row["key"] == measure)
    full = everything()
    lacking = replace(full, facts=Facts({**full.facts.by_key, row["fact"]: None}, {}))
    answers = {k: v for k, v in full.answers.by_key.items() if k != row["fact"]}
    lacking = replace(lacking, answers=Answers(answers))
    content = said(document("processor-agreement", lacking, language))
    assert row[f"open_{language}"] in content
    assert row[language].format(number=True) not in content
    assert row[f"open_{language}"] in said(document("impact-assessment", lacking, language))


def test_a_risk_is_to_be_assessed_again_while_its_measure_is_open() -> None:
    full = everything()
    lacking = replace(full, facts=Facts({**full.facts.by_key, "offsite": False}, {}))
    assert "[to be assessed again: offsite]" in said(document("impact-assessment", lacking, "en"))
    assert "to be assessed again" not in said(document("impact-assessment", full, "en"))
    assert "[opnieuw te beoordelen: offsite]" in said(document("impact-assessment", lacking, "nl"))


@pytest.mark.parametrize(
    ("change", "fact", "value"),
    [
        ({"BEHIND_TLS": True, "SESSION_COOKIE_SECURE": True}, "tls", True),
        ({"BEHIND_TLS": False, "SESSION_COOKIE_SECURE": False}, "tls", False),
        ({"MAIL_IS_CAUGHT": True}, "mail_tls", None),
        ({"MFA_SUPPORTED_TYPES": []}, "second_step", False),
        ({"MFA_SUPPORTED_TYPES": ["totp"]}, "second_step", True),
        ({"SESSION_COOKIE_AGE": 3 * 86_400}, "session_days", 3),
        ({"AUTH_PASSWORD_VALIDATORS": []}, "password_length", None),
        (
            {"CONTENT_SECURITY_POLICY": {"DIRECTIVES": {"img-src": ["'self'", "https://x.be"]}}},
            "content_policy",
            False,
        ),
    ],
)
def test_each_setting_changes_its_fact(
    settings: Settings, change: dict[str, Any], fact: str, value: object
) -> None:
    for name, setting in change.items():
        setattr(settings, name, setting)
    assert facts().by_key[fact] == value


def test_mail_over_a_protected_connection_is_a_fact(settings: Settings) -> None:
    settings.MAIL_IS_CAUGHT = False
    assert facts().by_key["mail_tls"] is True
    settings.MAIL_SERVER = replace(settings.MAIL_SERVER, security="none")
    assert facts().by_key["mail_tls"] is False


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (None, (None, None, None)),
        (LastBackup(), (None, None, None)),
        (LastBackup(made_at=datetime(2026, 5, 1, tzinfo=UTC)), (True, False, False)),
        (
            LastBackup(
                made_at=datetime(2026, 5, 1, tzinfo=UTC),
                encrypted=True,
                copied_at=datetime(2026, 5, 1, tzinfo=UTC),
            ),
            (True, True, True),
        ),
    ],
)
def test_back_ups_are_told_as_they_were_made(
    monkeypatch: pytest.MonkeyPatch, last: LastBackup | None, expected: tuple[object, ...]
) -> None:
    monkeypatch.setattr(legal_facts, "last_backup", lambda _var: last)
    found = facts().by_key
    assert tuple(found[key] for key in ("backup", "backup_encrypted", "offsite")) == expected


def test_tables_history_and_personal_fields_are_counted_from_the_models() -> None:
    found = facts()
    assert found.personal["User"] == ("email", "name")
    assert int(found.by_key["row_policies"] or 0) > 30
    assert int(found.by_key["history"] or 0) > 15
    of = replace(NOTHING, facts=found)
    text_of = next(each.text for each in measures(of, "nl") if each.key == "row_policies")
    assert str(found.by_key["row_policies"]) in text_of
    assert "email, name" in said(document("record-of-processing", of, "nl"))


def test_every_table_of_ours_stands_in_a_processing_activity() -> None:
    named = {model for row in rows("processing", "activity") for model in row["models"]}
    ours = {
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("clusterwerk") and not hasattr(model, "pgh_tracked_model")
    }
    assert ours - named == set(), "name it in processing.toml"
    assert named - ours == set()


def test_the_record_says_what_the_program_lets_go_by_itself() -> None:
    record = said(document("record-of-processing", NOTHING, "en"))
    assert "The period that the cluster sets for contacts, else until they are erased. [" in record
    assert "dismissed mail loses text and files after thirty days" in record


def test_every_retention_that_an_activity_needs_is_a_question() -> None:
    asked = {f"retention.{row['retention']}" for row in rows("processing", "activity")}
    assert asked <= set(questions())


def test_breaches_are_listed_with_their_last_moment() -> None:
    noted = NotedBreach(4, datetime(2026, 3, 27, 15, tzinfo=UTC), "waiting", None, is_closed=False)
    content = said(document("breaches", replace(NOTHING, breaches=[noted]), "nl"))
    assert "2026-03-27 16:00" in content
    assert "2026-03-30 17:00" in content
    assert words("nl")["not_read"] in said(document("breaches", NOTHING, "nl"))
    assert words("nl")["no_breaches"] in said(document("breaches", everything(), "nl"))


LEGAL_WORDS = {
    "nl": ("artikel 28", "artikel 30", "artikelen 33 en 34", "artikel 35", "30 juli 2018",
           "Gegevensbeschermingsautoriteit"),
    "en": ("Article 28", "Article 30", "Articles 33 and 34", "Article 35", "30 July 2018",
           "Belgian Data Protection Authority"),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_articles_act_and_authority_are_named(language: str) -> None:
    content = whole(NOTHING, language)
    assert [word for word in LEGAL_WORDS[language] if word not in content] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_document_and_file_is_marked_as_a_draft_with_day_version_and_digest(
    language: str,
) -> None:
    full = everything()
    mark = {"nl": "Ontwerp voor een jurist", "en": "Draft for a lawyer"}[language]
    stamp = digest(full.answers, full.facts)
    files = dict(written(documents(full, language)))
    assert len(files) == 2 * len(DOCUMENTS)
    for name, content in files.items():
        told = content.decode() if name.endswith(".html") else word_text(content)
        assert mark in told, name
        assert "2026-05-04" in told, name
        assert stamp in told, name


def word_text(content: bytes) -> str:
    file = WordDocument(BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_file_opens_and_says_what_the_page_says(language: str) -> None:
    for one in documents(everything(), language):
        content = KINDS["docx"].write(one)
        file, told = WordDocument(BytesIO(content)), word_text(content)
        headings = [p.text for p in file.paragraphs if p.style and p.style.name == "Heading 1"]
        assert headings == [section.heading for section in one.sections]
        assert [line for line in said(one).split("\n") if line not in told] == []
        assert one.draft in file.sections[0].header.paragraphs[0].text
        assert file.core_properties.language == {"nl": "nl-BE", "en": "en-GB"}[language]


def test_an_answer_with_markup_stays_text_in_the_page() -> None:
    answers = Answers({"operator.name": dict.fromkeys(LANGUAGES, "<script>x</script>")})
    page = KINDS["html"].write(document("roles", replace(NOTHING, answers=answers), "nl"))
    assert b"<script>" not in page
    assert b"&lt;script&gt;" in page
