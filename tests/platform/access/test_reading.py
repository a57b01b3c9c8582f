"""What reads from a replica may not write, and only public pages read from it as a whole."""

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from clusterwerk.platform.access import reading, replica
from clusterwerk.platform.models import User


def published_views(patterns: "list[URLPattern | URLResolver]") -> list[URLPattern]:
    found: list[URLPattern] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found += published_views(pattern.url_patterns)
        elif hasattr(pattern.callback, replica.MARK):
            found.append(pattern)
    return found


def test_only_pages_that_everybody_may_open_read_from_the_replica_as_a_whole() -> None:
    found = published_views(get_resolver().url_patterns)
    assert {"home", "cluster_detail", "reading_list"} <= {pattern.name for pattern in found}
    closed = [one.name for one in found if getattr(one.callback, "login_required", True)]
    assert closed == []


def test_without_a_replica_every_request_is_for_the_primary() -> None:
    assert reading.alias() == "default"
    assert not reading.is_usable()
    request = RequestFactory().get("/")
    assert replica.public_answer(request, lambda _: pytest.fail("must not be asked")) is None


def test_while_the_replica_is_read_nothing_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    router = reading.Router()
    assert router.db_for_read(User) is None
    assert router.db_for_write(User) is None
    monkeypatch.setattr(reading, "alias", lambda: reading.REPLICA)
    assert router.db_for_read(User) == "replica"
    with pytest.raises(reading.WriteOnReplicaError, match="User is written by a page"):
        router.db_for_write(User)


def test_nobody_reads_a_replica_before_the_first_look_at_its_lag_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of many threads one looks; what the others go by meanwhile must not be a guess."""
    monkeypatch.setitem(settings.DATABASES, reading.REPLICA, {})
    monkeypatch.setattr(reading, "_seen", [reading.UNKNOWN])
    meanwhile: list[bool] = []

    def lags_not(_statement: str, _parameters: list[object]) -> bool:
        meanwhile.append(reading.is_usable())
        return True

    monkeypatch.setattr(reading, "_asked", lags_not)
    assert reading.is_usable()
    assert meanwhile == [False]
