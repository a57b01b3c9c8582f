"""Moving in: files of an earlier system become rows of a cluster.

`reading` opens files, `values` understands cells, `guessing` tells what a file and its columns
are. `fields` are what a column can mean, `targets` the registry of kinds of files, to which upper
rooms add theirs. `firms` and `people` tell whom a row means. `comparing` plans what an import would
do, `importing` does it in one transaction, `undoing` takes it back by the history that it left.
"""
