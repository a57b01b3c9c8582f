"""Documents as files: a page that stands alone, and a text for a word processor."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from io import BytesIO

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from docx import Document as WordDocument
from docx.document import Document as WordFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from clusterwerk.platform.legal.documents import Document, Part
from clusterwerk.platform.legal.pieces import Cell
from clusterwerk.platform.legal.tables import Table

# A file that is opened alone has no style sheet beside it.
_STYLE = (
    "body{font:11pt/1.5 serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #777;padding:.3rem .5rem;"
    "text-align:left;vertical-align:top}.draft{border:2px solid #b00;padding:.5rem 1rem}"
    "mark{background:#fe9}@page{margin:20mm}@media print{body{margin:0;max-width:none}}"
)
LANGUAGE_TAGS = {"nl": "nl-BE", "en": "en-GB"}


@dataclass(frozen=True, slots=True)
class FileKind:
    ending: str
    content_type: str
    write: Callable[[Document], bytes]


# --- HTML ----------------------------------------------------------------------------------------


def html(document: Document) -> bytes:
    """One whole page in UTF-8."""
    sections = format_html_join(
        "\n",
        "<section><h2>{}</h2>\n{}</section>",
        (
            (section.heading, format_html_join("\n", "{}", ((_html(p),) for p in section.parts)))
            for section in document.sections
        ),
    )
    head = format_html(
        '<!doctype html>\n<html lang="{}"><head><meta charset="utf-8"><title>{}</title>'
        "<style>{}</style></head>\n",
        LANGUAGE_TAGS[document.language],
        document.title,
        SafeString(_STYLE),
    )
    body = format_html(
        '<body><h1>{}</h1>\n<p class="draft"><strong>{}</strong><br>{}</p>\n{}\n</body></html>\n',
        document.title,
        document.draft,
        document.made,
        sections,
    )
    return (head + body).encode()


def _html(part: Part) -> SafeString:
    if part.table:
        return _html_table(part.table)
    if part.kind == "list":
        items = format_html_join("", "<li>{}</li>", ((_html_cell(line),) for line in part.lines))
        return format_html("<ul>{}</ul>", items)
    return format_html_join("\n", "<p>{}</p>", ((_html_cell(line),) for line in part.lines))


def _html_cell(cell: Cell) -> SafeString:
    return format_html_join(
        "", "{}", ((_marked(piece.text) if piece.is_open else piece.text,) for piece in cell)
    )


def _marked(text: str) -> SafeString:
    return format_html("<mark>{}</mark>", text)


def _html_table(table: Table) -> SafeString:
    if not table.rows:
        return format_html("<p>{}</p>", table.empty)
    heads = format_html_join("", '<th scope="col">{}</th>', ((head,) for head in table.heads))
    rows = format_html_join(
        "\n",
        "<tr>{}</tr>",
        (
            (format_html_join("", "<td>{}</td>", ((_html_cell(cell),) for cell in row)),)
            for row in table.rows
        ),
    )
    return format_html("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", heads, rows)


# --- Word processor ------------------------------------------------------------------------------


def word(document: Document) -> bytes:
    """Office Open XML: real headings, open places in bold, the draft mark on each page."""
    file = WordDocument()
    _set_up(file, document)
    file.add_heading(document.title, 0)
    file.add_paragraph().add_run(document.draft).bold = True
    file.add_paragraph(document.made)
    for section in document.sections:
        file.add_heading(section.heading, 1)
        for part in section.parts:
            _word(file, part)
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _set_up(file: WordFile, document: Document) -> None:
    """Page, language, and no clock of this machine in the properties: the same in, the same out."""
    page = file.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.header.paragraphs[0].text = document.draft
    page.footer.paragraphs[0].text = document.made
    properties = file.core_properties
    properties.title, properties.language = document.title, LANGUAGE_TAGS[document.language]
    properties.author, properties.comments = "Clusterwerk", document.draft
    moment = datetime.combine(document.day, time(), UTC)
    properties.created = properties.modified = moment
    style = file.styles["Normal"].element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE_TAGS[document.language])
    style.append(language)


def _word(file: WordFile, part: Part) -> None:
    if part.table:
        _word_table(file, part.table)
        return
    style = "List Bullet" if part.kind == "list" else None
    for line in part.lines:
        _word_cell(file.add_paragraph(style=style), line)


def _word_cell(paragraph: Paragraph, cell: Cell) -> None:
    for piece in cell:
        paragraph.add_run(piece.text).bold = piece.is_open


def _word_table(file: WordFile, table: Table) -> None:
    if not table.rows:
        file.add_paragraph(table.empty)
        return
    made = file.add_table(rows=1, cols=len(table.heads), style="Table Grid")
    for cell, head in zip(made.rows[0].cells, table.heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    for row in table.rows:
        for cell, content in zip(made.add_row().cells, row, strict=True):
            _word_cell(cell.paragraphs[0], content)
    file.add_paragraph()


HTML = FileKind("html", "text/html; charset=utf-8", html)
WORD = FileKind(
    "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", word
)
KINDS = {kind.ending: kind for kind in (HTML, WORD)}


def written(pack: Iterable[Document]) -> Iterable[tuple[str, bytes]]:
    """Names and contents of all files of a pack."""
    for document in pack:
        for kind in KINDS.values():
            yield f"{document.key}-{document.language}.{kind.ending}", kind.write(document)
