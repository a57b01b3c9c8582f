"""`python -m clusterwerk.config` is the command line `clusterwerk`."""

from clusterwerk.config.cli import main

main()
