"""The product's settings with two empty pages beside it, as the rival of every page.

BENCH_DATABASE names another database of the same server: the large data set.
"""

import os

from clusterwerk.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
if name := os.environ.get("BENCH_DATABASE"):
    DATABASES["default"]["NAME"] = name  # noqa: F405
    PUBLIC_LAG_SECONDS = 0.0  # every look at a public page asks whether it still holds
