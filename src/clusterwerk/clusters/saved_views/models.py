"""How a person left a list, to open it again so."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.platform.access.classes import SAVED_VIEW
from clusterwerk.platform.models import User


class SavedView(models.Model):
    """Facets, words, columns and order of a list in a cluster, as the query of its address.

    A shared one is there for the whole team. The default one is what the list opens with: the
    person's own before the team's.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    list_key = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=4000, blank=True)
    is_shared = models.BooleanField(_("for the whole team"), default=False)
    is_default = models.BooleanField(_("open the list with it"), default=False)

    access = SAVED_VIEW

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "list_key", "owner", "name"],
                name="saved_view_once",
                violation_error_message=_("You already keep a view of this name for this list."),
            ),
            models.UniqueConstraint(
                fields=["cluster", "list_key", "owner"],
                condition=Q(is_default=True, is_shared=False),
                name="own_default_view_once",
            ),
            models.UniqueConstraint(
                fields=["cluster", "list_key"],
                condition=Q(is_default=True, is_shared=True),
                name="shared_default_view_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name
