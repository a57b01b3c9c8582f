"""Back-up and restore of a whole installation: the database, its files and its keys, in one file.

`making` writes one, `restoring` brings one back into an empty installation and compares every
table; `scheduled` does it unattended, with older ones thinned out and a copy elsewhere; `record`
tells others how old the last one is.
"""
