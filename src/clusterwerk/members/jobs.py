"""What this room does in the background; what belongs together stands in a folder of its own."""

from clusterwerk.members.moving_in.jobs import compare, import_all, rehearse, undo
from clusterwerk.members.moving_in.retention import discard_old_rows

__all__ = ["compare", "discard_old_rows", "import_all", "rehearse", "undo"]
