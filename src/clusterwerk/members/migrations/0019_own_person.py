"""A person reads and changes what clusters keep about the person who is signed in, and no other.

Contacts are rows of the cluster; a policy cannot say whose they are. The functions work as the
owner and ask for the seats: they reach contacts whose address the acting account has proven, in
clusters of which an organisation that it represents is or was a member.
"""

from django.db import migrations

FORWARD = [
    """
    create function access.own_contacts()
    returns table (contact bigint, cluster_id bigint, cluster text, first_name text,
                   last_name text, email text, phone text, mobile text, language text,
                   positions jsonb, consents jsonb)
    language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
      select own.id, own.cluster_id, cluster.name, own.first_name, own.last_name, own.email,
             own.phone, own.mobile, own.language,
             (select coalesce(jsonb_agg(jsonb_build_object(
                'organisation', organisation.name, 'title', place.title, 'role', place.role,
                'is_main', place.is_main, 'first_day', lower(place.period),
                'end', upper(place.period)) order by place.is_main desc, place.id), '[]')
              from members_position place
              join directory_organisation organisation on organisation.id = place.organisation_id
              where place.cluster_id = own.cluster_id and place.contact_id = own.id),
             (select coalesce(jsonb_agg(jsonb_build_object(
                'purpose', consent.purpose, 'state', consent.state, 'said_on', consent.said_on,
                'way', consent.way) order by consent.purpose), '[]')
              from members_consent consent
              where consent.cluster_id = own.cluster_id and consent.contact_id = own.id)
      from members_contact own
      join clusters_cluster cluster on cluster.id = own.cluster_id
      where own.archived_on is null and own.email <> ''
        and lower(own.email) in (
          select lower(proven.email) from account_emailaddress proven
          where proven.verified and proven.user_id = access.actor())
        and exists (
          select from members_membership held
          where held.cluster_id = own.cluster_id
            and held.organisation_id = any((select access.organisations())::bigint[]))
      order by cluster.name, own.id
    $$
    """,
    """
    create function access.change_own_contact(asked bigint, told_first_name text,
      told_last_name text, told_phone text, told_mobile text, told_language text)
    returns boolean
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
    begin
      update members_contact own
      set first_name = told_first_name, last_name = told_last_name, phone = told_phone,
          mobile = told_mobile, language = told_language
      where own.id = asked and own.id in (select contact from access.own_contacts());
      return found;
    end $$
    """,
    """
    create function access.say_own_consent(asked bigint, told_purpose text, told_state text,
      told_on date, told_source text)
    returns boolean
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
    begin
      if not exists (select from access.own_contacts() where contact = asked) then
        return false;
      end if;
      update members_consent kept
      set state = told_state, said_on = told_on, way = 'website', source = told_source
      from members_contact own
      where own.id = asked and kept.cluster_id = own.cluster_id and kept.contact_id = own.id
        and kept.purpose = told_purpose;
      if not found then
        insert into members_consent
          (cluster_id, contact_id, purpose, state, said_on, way, source, is_demo)
        select own.cluster_id, own.id, told_purpose, told_state, told_on, 'website', told_source,
               own.is_demo
        from members_contact own where own.id = asked;
      end if;
      return true;
    end $$
    """,
    """
    create function access.tell_team_of_own_contact(asked bigint, told_title text, told_on date)
    returns void
    language sql security definer set search_path = pg_catalog, public, pg_temp as $$
      insert into members_task (cluster_id, title, note, due_on, contact_id, is_demo)
      select own.cluster_id, told_title, '', told_on, own.id, own.is_demo
      from members_contact own
      where own.id = asked and own.id in (select contact from access.own_contacts())
        and not exists (
          select from members_task open
          where open.cluster_id = own.cluster_id and open.contact_id = own.id
            and open.title = told_title and open.done_at is null)
    $$
    """,
    *(
        f"revoke execute on function access.{function} from public"
        for function in (
            "own_contacts()",
            "change_own_contact(bigint, text, text, text, text, text)",
            "say_own_consent(bigint, text, text, date, text)",
            "tell_team_of_own_contact(bigint, text, date)",
        )
    ),
]
BACKWARD = [
    "drop function access.tell_team_of_own_contact(bigint, text, date)",
    "drop function access.say_own_consent(bigint, text, text, date, text)",
    "drop function access.change_own_contact(bigint, text, text, text, text, text)",
    "drop function access.own_contacts()",
]


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0018_prospects"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
