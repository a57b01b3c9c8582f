"""Whether any of a set of rows changed since they were read, as the acting seats see them.

What a page shows can be kept under the version of its rows: one query tells whether it still
holds. Seats that see other rows get another version, so what is kept never crosses a wall.
"""

from collections.abc import Sequence

from django.db.models import Model

from clusterwerk.platform.access import reading


def rows_of(model: type[Model], condition: str = "true") -> str:
    """Part of a version: every row of the table under a condition of ours, never of a visitor's.

    The condition may name parameters, as in `cluster_id = %(cluster)s`.
    """
    return f"select md5(part::text) as part from {model._meta.db_table} part where {condition}"  # noqa: S608 - our own tables and words


def newest_of(model: type[Model], condition: str = "true") -> str:
    """Part of a version for rows that are only ever added."""
    return f"select max(id)::text from {model._meta.db_table} where {condition}"  # noqa: S608


def version_of(parts: Sequence[str], **parameters: int | str | list[int]) -> str:
    """A text that differs once any of these rows was added, changed or taken away; one query."""
    union = " union all ".join(parts)
    statement = f"select coalesce(md5(string_agg(part, ',' order by part)), '') from ({union}) all_"  # noqa: S608
    with reading.connection().cursor() as cursor:
        cursor.execute(statement, parameters)
        (found,) = cursor.fetchone()
    return str(found)
