"""The front page stays short and readable however many clusters are published."""

import html
import re
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import Client

from clusterwerk.clusters.models import Agency
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.ui import kept as ui_kept
from clusterwerk.portal import kept
from clusterwerk.portal.queries import clusters, ties
from clusterwerk.reporting.models import PublishedReading
from clusterwerk.reporting.queries import search
from clusterwerk.reporting.queries.version import published_version

pytestmark = pytest.mark.usefixtures("figures")
CARD = re.compile(r'class="card is-link cluster-card"><h4><a href="/clusters/([a-z0-9-]+)/"')
NEXT = re.compile(r'href="([^"]+)" rel="next"')


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """What is kept was rendered with other lengths."""
    keeping = (kept.ring, kept._overview, ui_kept._page)
    for one in keeping:
        one.cache_clear()
    yield
    for one in keeping:
        one.cache_clear()


def page(visitor: Client, address: str) -> str:
    return html.unescape(visitor.get(address).content.decode())


def test_a_theme_with_many_clusters_shows_the_first_and_leads_to_all(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "FEW", 2)
    text = page(visitor, "/")
    assert "26 clusters</h2>" in text
    assert len(CARD.findall(text)) == 12
    assert '<a href="/?theme=construction#clusters">All 3 clusters of Construction</a>' in text


@pytest.mark.parametrize("asked", ["?theme=mobility-and-aerospace", "?find=digital"])
def test_pages_follow_each_other_and_hold_every_cluster_once(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    whole = CARD.findall(page(visitor, f"/{asked}"))
    monkeypatch.setattr(clusters, "PAGE", 2)
    kept._overview.cache_clear()
    ui_kept._page.cache_clear()
    seen, address = [], f"/{asked}"
    while address:
        text = page(visitor, address)
        found = CARD.findall(text)
        assert len(found) <= 2
        seen += found
        following = NEXT.search(text)
        address = following[1] if following else ""
    assert seen == whole
    assert len(whole) > 4


def test_a_page_behind_an_unknown_cluster_is_the_first(visitor: Client) -> None:
    assert CARD.findall(page(visitor, "/?theme=digital&after=nope")) != []
    assert CARD.findall(page(visitor, "/?find=digital&after=%00")) != []


def test_the_ring_holds_those_with_most_ties_and_says_so(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ties, "MOST", 5)
    text = page(visitor, "/?view=map")
    drawing = text[text.index('class="big-ring"') :]
    assert len(re.findall(r'<a href="/clusters/[a-z0-9-]+/" aria-label=', drawing)) == 5
    assert "Here stand the 5 of 26 clusters that applied together most often." in drawing


def test_figures_are_counted_and_subjects_offered_only_as_far_as_they_are_of_use(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST_SUBJECTS", 10)
    text = page(visitor, "/programme/figures/")
    assert '<option value="members.paying">' in text
    assert '<option value="euka">' not in text
    assert '<option value="euka" selected>' in page(visitor, "/programme/figures/?subject=euka")


def test_a_stamp_follows_a_change_of_any_kind_and_never_comes_back() -> None:
    before = published_version()
    enter(seats_of_command(agency=Agency.objects.get().pk))
    with transaction.atomic():
        point = transaction.savepoint()
        PublishedReading.objects.filter(subject="euka", unit="euro").update(number=1)
        changed = published_version()
        transaction.savepoint_rollback(point)
    assert published_version() == before
    with connection.cursor() as cursor:
        cursor.execute("update reporting_publishedreading set number = 1 where unit = 'euro'")
    after = published_version()
    enter(NOBODY)
    assert len({before, changed, after, published_version()}) == 3
