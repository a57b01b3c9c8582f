"""The application as the web server loads it, in each of its processes."""

import os

from django.core.wsgi import get_wsgi_application

from clusterwerk.config import environment
from clusterwerk.platform.observing import together

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterwerk.config.settings")
together.count_in(environment.runtime_folder() / "counts")

application = get_wsgi_application()
