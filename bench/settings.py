"""The product's settings with two empty pages beside it, as the rival of every page."""

from clusterwerk.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
