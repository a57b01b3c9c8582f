"""The two walls of access: which rows exist for a person, and what may be done with them.

`seats` tells who somebody is, `session` tells PostgreSQL, `classes` declares what the row policies
of each table compare with it, `apply` writes them, `decision` answers what may be done.
"""
