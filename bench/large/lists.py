"""The lists and the search of the largest cluster, and the reach of the largest programme, beside
the SQL they need; and how much longer the same takes as in a cluster of a tenth of the size.
"""

from pathlib import Path

import psycopg

from bench.large.comparing import Looker
from bench.table import Row
from bench.weighing import ALLOWED
from clusterwerk.platform.postgres.configuration import SUPERUSER

ADDRESSES = (
    "/members/{key}/?view=all",
    "/members/{key}/?size=small&paying=true",
    "/members/{key}/?find=an&order=contribution&down=1",
    "/members/{key}/?order=since&down=1",
    "/members/{key}/?columns=number&columns=place&columns=tags&columns=contact&columns=talked",
    "/members/{key}/contacts/?view=all",
    "/members/{key}/contacts/?role=finance&consent=newsletter%3Agiven",
    "/members/{key}/contacts/?find=an&order=organisation",
    "/members/{key}/contacts/?order=email",
    "/members/{key}/tasks/?",
    "/members/{key}/reach/?",
    "/members/{key}/renewals/?",
    "/desk/search/?q=talk",
)
_CLUSTERS = """
select c.key, min(u.email), m.number
from (select cluster_id, count(*) as number from members_membership group by cluster_id) m
join clusters_cluster c on c.id = m.cluster_id
join clusters_seat s on s.cluster_id = c.id and s.until is null and s.role = 'manager'
join platform_user u on u.id = s.user_id
where c.key like 'synthetic-%'
group by c.key, m.number order by m.number desc
"""
_PROGRAMME = """
select min(u.email), count(distinct m.id)
from members_membership m
join clusters_seat s on s.agency_id = m.agency_id and s.until is null and s.kind = 'agency'
join platform_user u on u.id = s.user_id
where u.email like '%synthetic.example'
group by m.agency_id order by 2 desc limit 1
"""
Cluster = tuple[str, str, int]  # key, address of its manager, memberships


def list_rows(socket: Path, database: str, looker: Looker) -> list[Row]:
    """A row for each way to ask for a list, in the largest cluster."""
    with psycopg.connect(host=str(socket), user=SUPERUSER, dbname=database) as connection:
        clusters = connection.execute(_CLUSTERS).fetchall()
        programme = connection.execute(_PROGRAMME).fetchone()
    largest = clusters[0]
    tenth = min(clusters, key=lambda found: abs(found[2] - largest[2] / 10))
    rows = [_row(looker, address, largest, tenth) for address in ADDRESSES]
    if programme:
        person, members = programme
        found = looker.ask(person=person, weigh="/programme/reach/")
        rows.append(beside(f"programme of {members:,} memberships: reach", found))
    return rows


def _row(looker: Looker, address: str, largest: Cluster, tenth: Cluster) -> Row:
    (key, person, members), (other, colleague, fewer) = largest, tenth
    found = looker.ask(person=person, weigh=address.format(key=key))
    small = looker.ask(person=colleague, weigh=address.format(key=other))
    grown = f"; {found['page'] / small['page']:.1f} x that of {fewer:,} memberships"
    if found["queries"] != small["queries"]:
        grown += f" with {small['queries']:.0f} queries"
    return beside(f"cluster of {members:,} memberships: {_named(address)}", found, grown)


def beside(name: str, found: dict[str, float], more: str = "") -> Row:
    """A page that was weighed, beside its limit."""
    return Row(
        name,
        f"{found['page'] * 1000:.1f} ms",
        f"{found['limit'] * 1000:.1f} ms",
        found["page"] / found["limit"],
        f"{ALLOWED} x ({found['queries']:.0f} queries {found['sql'] * 1000:.1f} ms"
        f" + empty view {found['empty'] * 1000:.1f} ms){more}",
    )


def _named(address: str) -> str:
    """The page and what it was asked, without the key of the cluster."""
    path, query = address.split("?")
    room, *further = path.strip("/").split("/")
    return f"{(further or [room])[-1] if further[1:] else room} {query}".strip()
