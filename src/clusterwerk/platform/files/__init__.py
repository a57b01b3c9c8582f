"""The file store: bytes in a folder under random names, rows in the database that say whose.

`storage` knows the folder, `actions` keeps a file and takes it away, `views` hands it to its owner.
"""
