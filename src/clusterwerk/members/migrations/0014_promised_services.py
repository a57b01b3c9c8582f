"""A member reads the names of its cluster and category and what that promises, and nothing else.

Categories and services are rows of the cluster, shared by all its members; a policy cannot say
whose they are. The function works as the owner and asks for the seats: it tells of memberships of
the organisations that the acting person represents.
"""

from django.db import migrations

FORWARD = [
    """
    create function access.promised_to_own_members()
    returns table (membership bigint, cluster text, category text, description text, service text,
                   is_included boolean)
    language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
      select own.id, cluster.name, category.name, category.description, service.name,
             service.is_included
      from members_membership own
      join clusters_cluster cluster on cluster.id = own.cluster_id
      join members_membershipcategory category
        on category.cluster_id = own.cluster_id and category.id = own.category_id
      left join members_service service
        on service.cluster_id = own.cluster_id and service.category_id = own.category_id
      where own.organisation_id = any((select access.organisations())::bigint[])
      order by own.id, service.position, service.name, service.id
    $$
    """,
    "revoke execute on function access.promised_to_own_members() from public",
]
BACKWARD = ["drop function access.promised_to_own_members()"]


class Migration(migrations.Migration):
    dependencies = [("members", "0013_closed_offers")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
