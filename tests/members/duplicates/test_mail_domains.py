"""The mail of people tells of organisations: of which are one, and of where somebody works."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.duplicates.searching import duplicates_among
from clusterwerk.directory.models import Organisation
from clusterwerk.members.models import Contact, Position
from clusterwerk.members.queries.domains import organisations_of
from clusterwerk.platform.access.session import enter
from factories.merges import made_organisation, member
from factories.world import World, cluster_seats


def works_at(cluster: Cluster, organisation: Organisation, email: str) -> None:
    enter(cluster_seats(cluster))
    contact = Contact.objects.create(cluster=cluster, email=email, source="test")
    Position.objects.create(
        cluster=cluster, contact=contact, organisation=organisation, period=DateRange(None, None)
    )


def found(world: World) -> list[tuple[int, int, list[str]]]:
    enter(cluster_seats(world.alpha))
    return [
        (match.left, match.right, [str(reason) for reason in match.reasons])
        for match in duplicates_among(world.alpha.pk)
    ]


def test_people_with_mail_of_one_company_speak_for_one_organisation(world: World) -> None:
    one = made_organisation("Vexotronica NV", world.alpha)
    other = made_organisation("Vexotronica Industrial Robotics", world.alpha)
    assert found(world) == []
    works_at(world.alpha, one, "an@vexotronica.example")
    works_at(world.alpha, other, "tom@vexotronica.example")
    assert found(world) == [(one.pk, other.pk, ["part", "same_mail"])]


def test_mail_of_a_provider_and_of_another_clusters_people_says_nothing(world: World) -> None:
    one = made_organisation("Vexotronica NV", world.alpha)
    other = made_organisation("Vexotronica Industrial Robotics", world.alpha)
    works_at(world.alpha, one, "an@telenet.be")
    works_at(world.alpha, other, "tom@telenet.be")
    works_at(world.beta, world.rival, "an@rival.example")
    assert found(world) == []
    enter(cluster_seats(world.alpha))
    assert organisations_of(world.alpha.pk, ["rival.example"]) == []


def test_a_domain_of_many_organisations_points_to_none(world: World) -> None:
    for number in range(4):
        works_at(
            world.alpha,
            made_organisation(f"Tenant {number}", world.alpha),
            f"an{number}@park.example",
        )
    assert len(organisations_of(world.alpha.pk, ["park.example"])) == 4
    works_at(world.alpha, made_organisation("Tenant 5", world.alpha), "an5@park.example")
    assert organisations_of(world.alpha.pk, ["park.example"]) == []


def test_the_website_of_a_member_points_to_it(world: World) -> None:
    made = made_organisation("Eclair Shared", website="https://www.works.example/contact")
    enter(cluster_seats(world.alpha))
    assert organisations_of(world.alpha.pk, ["works.example"]) == []
    member(world.alpha, made, date(2020, 1, 1), None)
    (pointed,) = organisations_of(world.alpha.pk, ["works.example", ""])
    assert (pointed.organisation, pointed.people, pointed.is_site) == (made, 0, True)
