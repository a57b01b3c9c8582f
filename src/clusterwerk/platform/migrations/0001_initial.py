"""Accounts, extensions, the sort key, the cache table, and the functions that policies read the seats by.

The functions have SQL-standard bodies: bound when created, so they need no search path, and
inlined, so that policies can use indexes. After a transaction a setting is '' and not null.
"""

import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models

NUMBERS = """
create function access.{name}() returns bigint[] language sql stable parallel safe
  return coalesce(nullif(current_setting('clusterwerk.{name}', true), ''), '{{}}')::bigint[]
"""
SETTINGS = (
    "clusters",
    "written_clusters",
    "managed_clusters",
    "agencies",
    "written_agencies",
    "organisations",
    "programmes",
)

FORWARD = [
    "create extension if not exists pg_trgm",
    "create extension if not exists btree_gist",
    "create extension if not exists unaccent",
    """
    create function public.sort_key(text) returns text language sql immutable strict parallel safe
      return lower(public.unaccent('public.unaccent'::regdictionary, $1))
    """,
    """
    create table public.platform_cache (
      cache_key varchar(255) not null primary key, value text not null, expires timestamptz not null)
    """,
    "create index platform_cache_expires on public.platform_cache (expires)",
    "create schema access",
    *(NUMBERS.format(name=name) for name in SETTINGS),
    """
    create function access.actor() returns bigint language sql stable parallel safe
      return nullif(current_setting('clusterwerk.actor', true), '')::bigint
    """,
    """
    create function access.steward() returns boolean language sql stable parallel safe
      return coalesce(current_setting('clusterwerk.steward', true), '') = 'on'
    """,
    """
    create function access.unlocked(door text) returns boolean language sql stable parallel safe
      return door = any(
        coalesce(nullif(current_setting('clusterwerk.unlocked', true), ''), '{}')::text[])
    """,
]

BACKWARD = [
    "drop schema access cascade",
    "drop table public.platform_cache",
    "drop function public.sort_key(text)",
    "drop extension unaccent",
    "drop extension btree_gist",
    "drop extension pg_trgm",
]


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("language", models.CharField(blank=True, max_length=8, verbose_name="language")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("is_demo", models.BooleanField(default=False, verbose_name="demo data")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
            ],
            options={
                "verbose_name": "account",
                "verbose_name_plural": "accounts",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        name="user_email_once",
                        violation_error_message="This e-mail address already has an account.",
                    )
                ],
            },
        ),
    ]
