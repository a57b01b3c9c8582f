"""Persons' rights: what a cluster holds of somebody, erasing it, and keeping nothing too long."""

from clusterwerk.members.privacy.suppressing import suppressed

__all__ = ["suppressed"]
