"""The agency reads a private organisation from its first membership on, as evidence."""

from django.db import migrations

# Works as the owner, because an import may add memberships without the door of the directory.
FUNCTION = """
    create function public.show_private_members() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public as $$
    begin
      update directory_organisation each set agency_id = new_rows.agency_id
      from new_rows
      where each.id = new_rows.organisation_id and each.cluster_id = new_rows.cluster_id
        and each.agency_id is null;
      return null;
    end $$
"""
FORWARD = [
    FUNCTION,
    "revoke execute on function public.show_private_members() from public",
    *(
        f"create trigger show_private_members_{event} after {event} on members_membership"
        " referencing new table as new_rows"
        " for each statement execute function public.show_private_members()"
        for event in ("insert", "update")
    ),
]
BACKWARD = ["drop function public.show_private_members() cascade"]


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0007_private_organisations"),
        ("members", "0006_categories"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
