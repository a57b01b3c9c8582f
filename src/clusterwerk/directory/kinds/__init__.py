"""What the tables of this room hold, for "who can see what of us"; a file for each group."""

from clusterwerk.directory.kinds.merging import MERGING_KINDS

DIRECTORY_KINDS = (*MERGING_KINDS,)
