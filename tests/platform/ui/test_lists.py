"""Lists without a database: what an address asks, and what a template is given."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict

from clusterwerk.clusters.models import Cluster
from clusterwerk.platform.searching import Hit, SearchSource, register_search, typed_words
from clusterwerk.platform.ui.export import Format
from clusterwerk.platform.ui.lists import (
    Asked,
    BulkAction,
    Column,
    Facet,
    Listing,
    Page,
    Read,
    asked_of,
)
from clusterwerk.platform.ui.lists.counting import Counts
from clusterwerk.platform.ui.lists.drawing import drawn_rows, drawn_values
from clusterwerk.platform.ui.lists.showing import (
    ShownCell,
    ShownList,
    ShownRow,
    shown_list,
    written,
)
from factories.english import english

__all__ = ["english"]

Row = tuple[int, str, int | None]
LISTING: Listing[Row] = Listing(
    key="boats",
    base=Cluster.objects.none(),
    search=lambda rows, _words: rows,
    rows=lambda rows, _columns: rows,
    columns=(
        Column("name", "Boat", lambda row: row[1], sort="name"),
        Column("length", "Length", lambda row: row[2], Format.COUNT, sort="length"),
        Column("harbour", "Harbour", lambda _row: None, shown=False),
    ),
    facets=(
        Facet("kind", "Kind", "kind", {"sail": "Sailing", "motor": "Motor"}, default=("sail",)),
        Facet("year", "Built", "year"),
    ),
    pk=lambda row: row[0],
    address=lambda row: f"/boats/{row[0]}/",
)


def asked(query: str) -> Asked:
    return asked_of(QueryDict(query), LISTING)


def shown(query: str) -> ShownList:
    counts = Counts(2, {}, {"kind": {"sail": 2}, "year": {"2001": 1, "2019": 1, "none": 3}})
    read = Read(Page(((1, "Anna", 12), (2, "Bea", None)), "2~Bea"), counts)
    return shown_list(LISTING, asked(query), read, QueryDict(query))


def test_a_default_holds_until_another_value_is_chosen() -> None:
    assert (asked("").chosen, asked("").holding) == ({}, {"kind": ("sail",)})
    assert asked("kind=sail").chosen == {}
    assert asked("kind=motor&kind=sail").holding == {"kind": ("motor", "sail")}
    assert asked("").is_narrow is False
    assert asked("year=2001").is_narrow is True


def test_the_first_column_always_stands_and_others_in_their_order() -> None:
    assert asked("").columns == ("name", "length")
    assert asked("columns=harbour").columns == ("name", "harbour")
    assert asked("columns=harbour&columns=length").columns == ("name", "length", "harbour")
    assert asked("columns=").columns == ("name", "length")


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", "9" * 40, "²"])
def test_a_row_that_is_no_number_opens_nothing(text: str) -> None:
    assert asked(f"open={text}").open is None


def test_values_that_leave_rows_or_are_chosen_are_shown_with_the_unknown_last() -> None:
    year = shown("year=1999").facets[1]
    assert [(value.value, value.number, value.is_chosen) for value in year.values] == [
        ("2019", 1, False),
        ("2001", 1, False),
        ("1999", 0, True),
        ("none", 3, False),
    ]
    assert [str(value.label) for value in shown("").facets[0].values] == ["Sailing"]


def test_a_chip_leads_to_the_list_without_its_value() -> None:
    chips = shown("find=red+boat&year=2001&year=2019&after=9&open=1&order=length").chips
    assert [(str(chip.label), str(chip.value), chip.address) for chip in chips] == [
        ("Words", "red boat", "?year=2001&year=2019&order=length"),
        ("Built", "2001", "?find=red+boat&year=2019&order=length"),
        ("Built", "2019", "?find=red+boat&year=2001&order=length"),
    ]


def test_a_row_opens_by_its_link_and_beside_the_list() -> None:
    first, second = shown("year=2001&open=2").rows
    assert (first.address, first.beside, first.name) == (
        "/boats/1/",
        "?year=2001&open=1",
        "Anna",
    )
    assert (first.is_open, second.is_open) == (False, True)
    assert [cell.text for cell in second.cells] == ["Bea", ""]


def test_rows_are_drawn_with_their_link_values_and_what_is_unknown() -> None:
    first, second = drawn_rows(shown("year=2001&open=2")).split("</tr>")[:2]
    assert first == (
        '<tr data-row="1"><th scope="row"><a href="/boats/1/" id="row-1" data-beside'
        ' hx-get="?year=2001&amp;open=1" hx-trigger="beside" hx-target="#panel"'
        ' hx-push-url="true">Anna</a></th><td data-label="Length" class="num">12</td>'
    )
    assert second.startswith('<tr data-row="2" class="is-open">')
    assert ' aria-current="true">Bea</a>' in second
    assert second.endswith('class="num"><span class="faint">\N{EN DASH}</span></td>')
    assert "type=" not in first, "nothing can be done with these rows"


def test_a_row_has_a_tick_when_something_can_be_done_with_many() -> None:
    done = BulkAction("sink", "Sink", "close", run=lambda _bulk: "")
    drawn = drawn_rows(replace(shown(""), actions=(done,)))
    assert drawn.startswith(
        '<tr data-row="1"><td class="row-tick"><input class="tick" type="checkbox" name="row"'
        ' value="1" form="bulk" aria-label="Select Anna"></td><th '
    )


def test_a_value_of_a_facet_is_ticked_when_it_is_chosen() -> None:
    (kind, _year) = shown("kind=sail").facets
    assert drawn_values(kind, kind.first) == (
        '<label class="check" for="facet-kind-sail"><input class="list-filter"'
        ' id="facet-kind-sail" type="checkbox" name="kind" value="sail" form="filters" checked>'
        ' <span class="facet-name">Sailing</span> <span class="num">2</span></label>'
    )
    written = replace(kind.first[0], value='<a">', label="<b>", is_chosen=False)
    drawn = drawn_values(kind, [written])
    assert 'value="&lt;a&quot;&gt;" form="filters">' in drawn
    assert '<span class="facet-name">&lt;b&gt;</span>' in drawn


def test_what_people_wrote_is_escaped_in_a_row() -> None:
    typed = '<b title="x">&'
    cell = ShownCell(LISTING.columns[0], typed, typed)
    row = ShownRow(1, f"/{typed}", f"?{typed}", is_open=False, cells=(cell, cell))
    done = BulkAction("sink", "Sink", "close", run=lambda _bulk: "")
    drawn = drawn_rows(replace(shown(""), rows=(row,), actions=(done,)))
    assert drawn.count("&lt;b title=&quot;x&quot;&gt;&amp;") == 7
    assert "<b" not in drawn


@pytest.mark.parametrize(
    ("value", "format_", "expected"),
    [
        (None, Format.EURO, ""),
        (True, Format.TEXT, "yes"),
        (Decimal(1250), Format.EURO, "€1,250"),
        (1250, Format.COUNT, "1,250"),
        (date(2020, 1, 31), Format.DAY, "31 Jan 2020"),
        ("=1+1", Format.TEXT, "=1+1"),
    ],
)
def test_values_are_written_as_they_are_read(value: object, format_: Format, expected: str) -> None:
    assert written(value, format_) == expected  # type: ignore[arg-type] # one of each kind


def test_two_letters_are_searched_for_and_six_words_at_most() -> None:
    assert typed_words("é") == ()
    assert typed_words("  Éa  éA ") == ("ea",)
    assert len(typed_words("a b c d e f g h")) == 6


def test_a_key_of_the_search_has_one_source() -> None:
    def find(_seats: object, _words: tuple[str, ...], _limit: int) -> list[Hit]:
        return []

    with pytest.raises(ValueError, match="Two rooms search members"):
        register_search(SearchSource("members", "Others", find))
