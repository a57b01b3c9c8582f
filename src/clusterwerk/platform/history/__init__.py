"""The past of every row: written by triggers, read under the same walls, changed by nobody."""

from clusterwerk.platform.history.tracking import tracked

__all__ = ["tracked"]
