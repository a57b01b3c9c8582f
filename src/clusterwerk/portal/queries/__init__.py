"""What the public site shows: published rows only, read with no seat at all."""
