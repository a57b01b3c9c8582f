"""The code that somebody shows at the door: the link of the registration as a picture."""

from django.urls import reverse
from django.utils.http import urlencode

from clusterwerk.activities.models import Registration
from clusterwerk.platform.site import public_address
from clusterwerk.platform.ui.codes import code_address

AT_THE_DOOR = "door"


def ticket(own: Registration) -> str:
    """An image of the link with which its team opens the list at the door, others their page."""
    path = reverse("agenda:registration_link", args=[own.token])
    return code_address(f"{public_address(path)}?{urlencode({'at': AT_THE_DOOR})}")
