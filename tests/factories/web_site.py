"""What a site of the tests is made of: certificate, proxy, first account."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from factories.visitors import Site

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
REAL = "clusterwerk.config.settings"
TOKEN = "a-token-for-the-monitor"


def needed(program: str) -> str:
    """A program of the system; the test is skipped, with its reason, where it is missing."""
    found = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as chosen:
        return int(chosen.getsockname()[1])


def certificate(folder: Path) -> None:
    subprocess.run(
        [needed("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost",
         "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True,
        capture_output=True,
    )  # fmt: skip


def nginx_configuration(built: Site) -> Path:
    """The file of `deploy`, with the ports and folders of this test and nothing else changed."""
    folder = built.nginx
    site = (DEPLOY / "nginx.conf").read_text("utf-8")
    site = re.sub(r"^ *listen \[::\].*\n", "", site, flags=re.MULTILINE)
    site = site.replace("listen 80", f"listen 127.0.0.1:{built.http}")
    site = site.replace("listen 443", f"listen 127.0.0.1:{built.https}")
    site = site.replace("127.0.0.1:8000", f"127.0.0.1:{built.application}")
    site = site.replace("/etc/letsencrypt/live/clusters.example.org", str(folder))
    site = site.replace("clusters.example.org", "localhost")
    site = site.replace("/var/cache/nginx", str(folder)).replace("/var/log/nginx", str(folder))
    (folder / "site.conf").write_text(site, "utf-8")
    user = "user root;\n" if os.geteuid() == 0 else ""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    whole = folder / "nginx.conf"
    whole.write_text(
        f"{user}daemon off;\nworker_processes 1;\npid {folder}/nginx.pid;\n"
        f"error_log {folder}/nginx-error.log;\nevents {{}}\n"
        f"http {{\n{temporary}include {folder}/site.conf;\n}}\n",
        "utf-8",
    )
    return whole


def open_account(var: Path) -> None:
    words = ["people", "steward", "an@example.org", "--name", "An Peeters"]
    kept = {name: text for name, text in os.environ.items() if not name.startswith("CLUSTERWERK")}
    kept.pop("DATABASE_URL", None)
    subprocess.run(
        [sys.executable, "-m", "clusterwerk.config", *words],
        env=kept | {"CLUSTERWERK_VAR": str(var), "DJANGO_SETTINGS_MODULE": REAL},
        check=True,
        capture_output=True,
    )
