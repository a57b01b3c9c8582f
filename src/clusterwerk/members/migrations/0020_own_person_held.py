"""Who changes the own contact row holds it first: two savings come one after the other."""

from django.db import migrations

FORWARD = [
    """
    create function access.hold_own_contact(asked bigint) returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
    begin
      perform from members_contact own
      where own.id = asked and own.id in (select contact from access.own_contacts())
      for update;
    end $$
    """,
    "revoke execute on function access.hold_own_contact(bigint) from public",
]
BACKWARD = ["drop function access.hold_own_contact(bigint)"]


class Migration(migrations.Migration):
    dependencies = [("members", "0019_own_person")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
