"""A private organisation turns out to be one of the directory or the register."""

from django.db import transaction

from clusterwerk.directory.actions.choosing import organisation_chosen
from clusterwerk.directory.duplicates.merging import merge
from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.seats import Seats


@transaction.atomic
def match_organisation(*, seats: Seats, organisation: Organisation, chosen: str) -> Organisation:
    """All that the cluster wrote of it goes over to the chosen one (`Found.value`).

    It is a merge, under the rules of merging, and can be taken back as one.
    """
    keeping = organisation_chosen(seats=seats, chosen=chosen)
    merge(seats=seats, losing=organisation, keeping=keeping)
    return keeping
