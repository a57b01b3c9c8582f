"""What this room adds to timelines, a file for each kind of row that is read."""
