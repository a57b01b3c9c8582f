"""What a database holds, in numbers that no upgrade may change; read as its owner."""

from typing import Any

from clusterwerk.platform.postgres.client import Connection

# Each sum is one number or text that must be the same after every upgrade.
SUMS = {
    "contributions in euro": "select sum(amount) from members_contribution",
    "paying memberships": "select count(*) from members_membership where is_paying",
    "days of membership": """
        select sum(coalesce(upper(period), '2030-01-01') - lower(period)) from members_membership
    """,
    "published numbers": "select sum(number) from reporting_publishedreading",
    "counted numbers": "select sum(number) from reporting_countedreading",
    "digests of evidence": """
        select md5(string_agg(evidence_digest, ' ' order by id)) from reporting_countedreading
    """,
    "subsidies in euro": "select sum(subsidy) from programme_agreement",
    "targets": "select sum(value) from programme_target",
    "names of clusters": "select string_agg(name, ', ' order by name) from clusters_cluster",
    "names of organisations": """
        select md5(string_agg(name, ' ' order by id)) from directory_organisation
    """,
    "addresses of people": "select string_agg(email, ' ' order by email) from platform_user",
    "passwords": "select md5(string_agg(password, ' ' order by id)) from platform_user",
    "seats": """
        select string_agg(concat_ws('/', user_id, kind, role, cluster_id), ' ' order by id)
          from clusters_seat
    """,
}


def rows_of_tables(connection: Connection) -> dict[str, int]:
    """Number of rows of each table of the application's schema."""
    tables = connection.execute(
        "select relname from pg_class where relkind in ('r', 'p')"
        " and relnamespace = 'public'::regnamespace order by 1"
    ).fetchall()
    return {
        table: _one(connection, f'select count(*) from public."{table}"') for (table,) in tables
    }


def sums(connection: Connection) -> dict[str, str]:
    """Each of SUMS, as text."""
    return {name: str(_one(connection, query)) for name, query in SUMS.items()}


def _one(connection: Connection, query: str) -> Any:
    row = connection.execute(query.encode()).fetchone()
    assert row, query
    return row[0]
