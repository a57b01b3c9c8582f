"""What a person writes of an activity, checked."""

from clusterwerk.activities.forms.planning import ActivityForm, CancelForm

__all__ = ["ActivityForm", "CancelForm"]
