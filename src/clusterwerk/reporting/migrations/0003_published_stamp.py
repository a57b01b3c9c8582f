"""A stamp for each agency that changes with anything it publishes, and indexes for long lists."""

import django.db.models.deletion
from django.db import migrations, models

from clusterwerk.platform.at_once import AtOnce

# Each carries the agency that publishes its rows.
TABLES = (
    "clusters_publicprofile",
    "clusters_clusterhost",
    "reporting_document",
    "reporting_publishedreading",
    "reporting_publishedproject",
    "reporting_publishedprojectcluster",
)
# Works as the owner, because the application may not write stamps.
OPTIONS = "returns trigger language plpgsql security definer set search_path = pg_catalog, public"
WRITE = """
    insert into public.reporting_publishedstamp (agency_id, value)
    select agency_id, gen_random_uuid() from ({source}) changed_ group by agency_id order by 1
    on conflict (agency_id) do update set value = excluded.value;
    return null;
"""
OF_HOSTS = (
    "select host.agency_id from changed"
    " join public.clusters_clusterhost host on host.organisation_id = changed.id"
)
CHANGES = {"insert": "new", "update": "new", "delete": "old"}


def _function(name: str, source: str) -> str:
    return (
        f"create function public.{name}() {OPTIONS} as $$ begin {WRITE.format(source=source)} end $$;"
        f" revoke execute on function public.{name}() from public"
    )


def _trigger(table: str, change: str, function: str) -> str:
    return (
        f"create trigger published_stamp_{change} after {change} on {table}"
        f" referencing {CHANGES[change]} table as changed"
        f" for each statement execute function public.{function}()"
    )


FIRST = (
    "insert into reporting_publishedstamp (agency_id, value)"
    " select id, gen_random_uuid() from clusters_agency"
)
FORWARD = [
    _function("stamp_published", "select agency_id from changed"),
    _function("stamp_published_host", OF_HOSTS),
    *(_trigger(table, change, "stamp_published") for table in TABLES for change in CHANGES),
    # A host is known by its name; organisations are added and taken away while they host nothing.
    _trigger("directory_organisation", "update", "stamp_published_host"),
    FIRST,
]
BACKWARD = [
    "drop function public.stamp_published() cascade",
    "drop function public.stamp_published_host() cascade",
]


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0002_history"),
        ("directory", "0002_history"),
        ("reporting", "0002_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedStamp",
            fields=[
                (
                    "agency",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="clusters.agency",
                    ),
                ),
                ("value", models.UUIDField()),
            ],
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        AtOnce(
            operations=[
                migrations.AddIndex(
                    model_name="publishedreading",
                    index=models.Index(
                        fields=["subject", "indicator"], name="published_reading_by_subject"
                    ),
                ),
                migrations.AddIndex(
                    model_name="publishedreading",
                    index=models.Index(fields=["indicator"], name="published_reading_by_key"),
                ),
                migrations.AddIndex(
                    model_name="publishedreading",
                    index=models.Index(fields=["place"], name="published_reading_by_place"),
                ),
                migrations.AddIndex(
                    model_name="publishedreading",
                    index=models.Index(
                        fields=["document", "position", "id"], name="published_reading_in_order"
                    ),
                ),
            ]
        ),
    ]
