"""Keys of private organisations to their cluster, which the room below cannot name itself."""

from django.db import migrations

ADD = "alter table directory_organisation add constraint {name} foreign key"
OPTIONS = "deferrable initially deferred"
CLUSTER = f"(cluster_id) references clusters_cluster (id) {OPTIONS}"
AGENCY = f"(agency_id, cluster_id) references clusters_cluster (agency_id, id) {OPTIONS}"
KEYS = {"organisation_private_to_cluster": CLUSTER, "organisation_agency_of_cluster": AGENCY}
FORWARD = [f"{ADD.format(name=name)} {key}" for name, key in KEYS.items()]
BACKWARD = [f"alter table directory_organisation drop constraint {name}" for name in KEYS]


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0006_saved_view"),
        ("directory", "0006_organisation_words"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
