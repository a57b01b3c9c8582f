"""Sign-in: who somebody is. What they may do are seats, which the rooms above hand out."""
