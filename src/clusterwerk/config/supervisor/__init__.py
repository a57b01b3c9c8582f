"""`clusterwerk serve`: starts the database, the worker and the web server, and keeps them alive.

Read `serving.py` first: it is the order of everything. `steps.py` brings up what is needed once,
`child.py` is one process that must live, `warden.py` cleans up when this process is killed.
"""
