"""The application as the web server loads it, in each of its processes."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from clusterwerk.config import environment
from clusterwerk.platform.observing import together

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterwerk.config.settings")
together.count_in(environment.runtime_folder() / "counts")

application = get_wsgi_application()
# What is loaded by now lives as long as the process: to look it through for garbage again and again
# took 150 ms each time.
gc.collect()
gc.freeze()
