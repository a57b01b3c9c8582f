"""All data of one cluster, to take along: tables as CSV, their past, a data dictionary, documents.

What belongs to a cluster is what `platform.kinds` says of each table, so a new table is in the
file as soon as it has a kind. Everything is read with the seats of the person, in one snapshot.
"""
