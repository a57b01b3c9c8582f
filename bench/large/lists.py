"""The lists and the search of the largest cluster, with their facets, beside the SQL they need."""

from pathlib import Path
from statistics import median

import psycopg

from bench.large.comparing import Looker
from bench.table import Row
from clusterwerk.platform.postgres.configuration import SUPERUSER

ALLOWED = 3  # times its SQL and an empty view together
ROUNDS = 7
EMPTY = "/empty/signed-in/"
ADDRESSES = (
    "/members/{key}/?view=all",
    "/members/{key}/?size=small&paying=true",
    "/members/{key}/?find=an&order=contribution&down=1",
    "/members/{key}/?columns=number&columns=place&columns=tags&columns=contact&columns=talked",
    "/members/{key}/contacts/?view=all",
    "/members/{key}/contacts/?role=finance&consent=newsletter%3Agiven",
    "/members/{key}/contacts/?find=an&order=organisation",
    "/desk/search/?q=talk",
)
_LARGEST = """
select c.key, u.email, m.number
from (select cluster_id, count(*) as number from members_membership
      group by cluster_id order by number desc limit 1) m
join clusters_cluster c on c.id = m.cluster_id
join clusters_seat s on s.cluster_id = c.id and s.until is null and s.role = 'manager'
join platform_user u on u.id = s.user_id
order by u.id limit 1
"""


def list_rows(socket: Path, database: str, looker: Looker) -> list[Row]:
    """One row for each way to ask for the list, each page in turn with an empty one."""
    with psycopg.connect(host=str(socket), user=SUPERUSER, dbname=database) as connection:
        found = connection.execute(_LARGEST).fetchone()
    assert found is not None
    key, person, members = found
    return [_row(looker, person, address.format(key=key), members) for address in ADDRESSES]


def _row(looker: Looker, person: str, address: str, members: int) -> Row:
    pages, empties = [], []
    for _ in range(ROUNDS):
        pages.append(looker.ask(person=person, address=address, cold=False))
        empties.append(looker.ask(person=person, address=EMPTY, cold=False))
    assert {page["status"] for page in pages} == {200}, address
    page, sql = (median(each[what] for each in pages) for what in ("seconds", "sql"))
    empty = median(each["seconds"] for each in empties)
    limit = ALLOWED * (sql + empty)
    return Row(
        f"cluster of {members:,} memberships: {_named(address)}",
        f"{page * 1000:.1f} ms",
        f"{limit * 1000:.1f} ms",
        page / limit,
        f"{ALLOWED} x ({pages[0]['queries']:.0f} queries {sql * 1000:.1f} ms"
        f" + empty view {empty * 1000:.1f} ms)",
    )


def _named(address: str) -> str:
    """The page and what it was asked, without the key of the cluster."""
    path, query = address.split("?")
    room, *further = path.strip("/").split("/")
    return f"{(further or [room])[-1] if further[1:] else room} {query}"
