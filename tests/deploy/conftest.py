"""A site as on a server: the real program behind the real proxy, with a certificate of its own."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from clusterwerk.platform.postgres import server
from factories.supervised import Serve, wait_until
from factories.visitors import Site
from factories.web_site import (
    REAL,
    TOKEN,
    certificate,
    free_port,
    needed,
    nginx_configuration,
    open_account,
)


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="cw") as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.fixture(scope="session")
def site(folder: Path) -> Iterator[Site]:
    """The program with two web processes, and nginx before it."""
    needed("nginx")
    var, here = folder / "var", folder / "nginx"
    var.mkdir()
    here.mkdir()
    certificate(here)
    serve = Serve(
        var,
        "--workers", "2", "--port", str(free_port()),
        DJANGO_SETTINGS_MODULE=REAL,
        CLUSTERWERK_HOSTS="localhost",
        CLUSTERWERK_TLS="yes",
        CLUSTERWERK_PROXIES="1",
        CLUSTERWERK_METRICS_TOKEN=TOKEN,
    )  # fmt: skip
    try:
        application = int(serve.address().rstrip("/").rpartition(":")[2])
        found = Site(var, here, free_port(), free_port(), application)
        open_account(var)
        with _proxy(found, nginx_configuration(found)):
            yield found
    finally:
        code = serve.end()
        server.stop(var)
    assert code == 0, serve.said


@contextmanager
def _proxy(site: Site, configuration: Path) -> Iterator[None]:
    words = [needed("nginx"), "-p", str(site.nginx), "-c", str(configuration)]
    with subprocess.Popen(words) as proxy:
        try:
            assert wait_until((site.nginx / "nginx.pid").exists, 10)
            yield
        finally:
            proxy.terminate()
