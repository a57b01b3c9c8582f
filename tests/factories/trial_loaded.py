"""The program and the jobs of tests, loaded in a process from which others are forked."""

from importlib import import_module

import django
from django.db import connections

django.setup()
for name in (
    "clusterwerk.directory.actions.register",
    "factories.register_extracts",
    "factories.trial_jobs",
):
    import_module(name)

# A connection would be shared by all that are forked.
assert not [each for each in connections.all() if each.connection], connections
