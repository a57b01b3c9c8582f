"""The message catalogues: extracted from code and templates, merged, checked and compiled.

    .venv/bin/python tools/messages.py update   extract, merge into the catalogues, compile
    .venv/bin/python tools/messages.py check    exit code 1 when a catalogue is not complete

Needs no GNU gettext: templates become Python by Django's own `templatize`, and Babel reads both.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "clusterwerk"
LOCALE = SOURCE / "platform" / "locale"
LANGUAGES = ("nl", "en")
KEYWORDS = {
    name: spec
    for spec, names in {
        (1,): ("_", "gettext", "gettext_lazy", "gettext_noop"),
        (1, 2): ("ngettext", "ngettext_lazy"),
        ((1, "c"), 2): ("pgettext", "pgettext_lazy"),
        ((1, "c"), 2, 3): ("npgettext", "npgettext_lazy"),
    }.items()
    for name in names
}
Call = tuple[int, str | None, str | tuple[str | None, ...], list[str]]
SENTENCE = 20  # letters; a short word may repeat a syllable
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def extracted() -> Catalog:
    """Every message of the product, with the files it stands in."""
    catalog = Catalog(project="Clusterwerk", fuzzy=False)
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]):
        if "migrations" in path.parts or "data" in path.parts:
            continue
        for message, context in _messages(path):
            place = str(path.relative_to(SOURCE))
            catalog.add(message, locations=[(place, 0)], context=context)
    return catalog


def _messages(path: Path) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        text = _without_indentation(templatize(text, origin=str(path)))
    read: Any = extract_python(io.BytesIO(text.encode()), KEYWORDS, [], {"encoding": "utf-8"})
    calls: Iterator[Call] = read  # its stub names the parts in another order than it gives them
    for _line, function, found, _comments in calls:
        words = [part for part in (found if isinstance(found, tuple) else (found,)) if part]
        context = words.pop(0) if function and "pgettext" in function else None
        if function and function.startswith(("ngettext", "npgettext")):
            yield (words[0], words[1]), context
        elif words:
            yield words[0], context


def _without_indentation(text: str) -> str:
    """What a template leaves is read as Python, to which its indentation means nothing."""
    return "\n".join(line.lstrip() for line in text.splitlines())


def catalog_of(language: str) -> Catalog:
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, project="Clusterwerk", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def po_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def update() -> None:
    """Merge what the sources say into each catalogue; English says what the sources say."""
    template = extracted()
    for language in LANGUAGES:
        catalog = catalog_of(language)
        template.creation_date = catalog.creation_date  # a new day alone is no change
        catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
        catalog.obsolete.clear()
        if language == "en":
            for message in catalog:
                if message.id:
                    message.string = message.id
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, sort_output=True, ignore_obsolete=True, no_location=True)
        compile_catalog(language)


def compile_catalog(language: str) -> None:
    with po_path(language).with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog_of(language))


def complaints() -> Iterator[str]:
    """What is missing, left over, unfinished or not compiled, a line each."""
    wanted = {(message.id, message.context) for message in extracted() if message.id}
    for language in LANGUAGES:
        catalog = catalog_of(language)
        held = {(message.id, message.context): message for message in catalog if message.id}
        for identity in sorted(wanted - held.keys(), key=str):
            yield f"{language}: not in the catalogue: {identity[0]!r}"
        for identity in sorted(held.keys() - wanted, key=str):
            yield f"{language}: no longer in the sources: {identity[0]!r}"
        for message in held.values():
            yield from _unfinished(language, message)
        if _compiled(language) != _compilation(language):
            yield f"{language}: the compiled catalogue is not of this text: run update"


def _unfinished(language: str, message: Message) -> Iterator[str]:
    ids = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
    strings = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    if message.fuzzy or not all(strings):
        yield f"{language}: not translated: {ids[0]!r}"
    elif _placeholders(ids[-1]) != _placeholders(strings[-1]):
        yield f"{language}: other placeholders than the source: {ids[0]!r}"
    elif any(map(_is_repeated, strings)):
        yield f"{language}: the same text more than once: {ids[0]!r}"


def _is_repeated(text: str | None) -> bool:
    """Whether a sentence is nothing but copies of one, as a bad merge leaves them."""
    return text is not None and len(text) > SENTENCE and text in (text + text)[1:-1]


def _placeholders(text: str | None) -> set[str]:
    return {"".join(found) for found in PLACEHOLDER.findall(text or "")}


def _compiled(language: str) -> bytes:
    path = po_path(language).with_suffix(".mo")
    return path.read_bytes() if path.exists() else b""


def _compilation(language: str) -> bytes:
    written = io.BytesIO()
    write_mo(written, catalog_of(language))
    return written.getvalue()


def main(words: list[str]) -> int:
    settings.configure()
    django.setup()
    if words == ["update"]:
        update()
        untold = sum(": not translated:" in line for line in complaints())
        print(f"Catalogues merged; {untold} messages wait for a translation.")
        return 0
    if words == ["check"]:
        found = list(complaints())
        print("\n".join(found) or "The catalogues are complete.")
        return 1 if found else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
