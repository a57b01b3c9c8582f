"""Triggers that keep the words by which shared organisations are found."""

from django.db import migrations

# As `OrganisationWords` says: words in the order of the name, each after a blank; initials with
# dots make one word.
WORDS = """
    select each.id, ' ' || trim(regexp_replace(
      regexp_replace(public.sort_key(each.name || ' ' || coalesce(place.name, each.municipality)),
        '\\m(\\w)\\.', '\\1', 'g'),
      '[^[:alnum:]]+', ' ', 'g'))
    from {source} each left join public.directory_place place on place.id = each.place_id
    where each.cluster_id is null
"""
INSERT = "insert into public.directory_organisationwords (organisation_id, text)"
ON_INSERT = f"""
    create function public.organisation_words_inserted() returns trigger language plpgsql as $$
    begin
      {INSERT} {WORDS.format(source="new_rows")};
      return null;
    end $$
"""
ON_UPDATE = f"""
    create function public.organisation_words_updated() returns trigger language plpgsql as $$
    begin
      {INSERT} {WORDS.format(source="(select (new).*)")}
      on conflict (organisation_id) do update set text = excluded.text;
      return null;
    end $$
"""
FORWARD = [
    ON_INSERT,
    ON_UPDATE,
    """
    create trigger organisation_words_inserted after insert on directory_organisation
      referencing new table as new_rows
      for each statement execute function public.organisation_words_inserted()
    """,
    """
    create trigger organisation_words_updated
      after update of name, place_id, municipality, cluster_id on directory_organisation
      for each row when ((old.name, old.place_id, old.municipality, old.cluster_id)
        is distinct from (new.name, new.place_id, new.municipality, new.cluster_id))
      execute function public.organisation_words_updated()
    """,
    f"{INSERT} {WORDS.format(source='public.directory_organisation')}",
]
BACKWARD = [
    "drop function public.organisation_words_inserted() cascade",
    "drop function public.organisation_words_updated() cascade",
]


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_register")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
