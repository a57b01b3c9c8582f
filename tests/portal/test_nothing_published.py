"""The front page of an installation that was just started."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_an_installation_without_published_clusters_says_what_will_stand_there(
    visitor: Client,
) -> None:
    text = visitor.get("/").content.decode()
    assert "No cluster has been published yet" in text
    assert visitor.get("/?view=map").status_code == 200
