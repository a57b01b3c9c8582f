"""Lists of tasks, expectations and tags take the same number of queries at any length."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clusterwerk.members.models import Expectation, Tag, Task
from clusterwerk.platform.access.session import enter
from factories.world import World, cluster_seats

BASE = "/members/alpha"


def more(world: World, number: int) -> None:
    enter(cluster_seats(world.alpha))
    about = {"cluster": world.alpha, "organisation": world.company}
    for each in range(number):
        Task.objects.create(**about, title=f"Call {each}", due_on=timezone.localdate())
        Expectation.objects.create(**about, text=f"Hope {each}", said_on=date(2020, 1, 1))
        Tag.objects.create(cluster=world.alpha, name=f"tag {each}")


@pytest.mark.parametrize(
    ("page", "number"), [("tasks/?whose=all", 11), ("expectations/", 12), ("tags/", 11)]
)
def test_a_list_of_work_takes_the_same_queries_whatever_its_length(
    client: Client,
    world: World,
    page: str,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(world.people["manager"])
    client.get(f"{BASE}/{page}")
    for added in (0, 30):
        more(world, added)
        with django_assert_num_queries(number):
            client.get(f"{BASE}/{page}")
