"""Pages of who has access, what becomes of a seat, and where an invitation is accepted."""
