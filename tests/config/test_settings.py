"""The settings as an installation gets them from its environment, each in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PRINT = """
import json, sys
from clusterwerk.config import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""
MAIL_PAGE = """
import django
django.setup()
from django.urls import NoReverseMatch, reverse
try:
    print(reverse("mail:mail_list"))
except NoReverseMatch:
    print("none")
"""


def run(program: str, *names: str, var: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if "CLUSTERWERK" not in name}
    environment = kept | variables | {"CLUSTERWERK_VAR": str(var)}
    environment["DJANGO_SETTINGS_MODULE"] = "clusterwerk.config.settings"
    return subprocess.run(
        [sys.executable, "-c", program, *names],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def settings_of(var: Path, *names: str, **variables: str) -> dict[str, Any]:
    done = run(PRINT, *names, var=var, **variables)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


SAFE_UNDER_TLS = {
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
    "CSRF_TRUSTED_ORIGINS": ["https://clusters.example.org"],
}


def test_under_tls_cookies_and_pages_go_over_tls_only(tmp_path: Path) -> None:
    found = settings_of(
        tmp_path,
        *SAFE_UNDER_TLS,
        CLUSTERWERK_TLS="yes",
        CLUSTERWERK_HOSTS="clusters.example.org",
    )
    assert found == SAFE_UNDER_TLS


def test_without_tls_nothing_is_asked_of_it(tmp_path: Path) -> None:
    found = settings_of(tmp_path, "SESSION_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "DEBUG")
    assert found == {"SESSION_COOKIE_SECURE": False, "SECURE_HSTS_SECONDS": 0, "DEBUG": False}


def test_what_is_sent_to_us_has_a_limit(tmp_path: Path) -> None:
    names = ("DATA_UPLOAD_MAX_MEMORY_SIZE", "DATA_UPLOAD_MAX_NUMBER_FIELDS")
    assert list(settings_of(tmp_path, *names).values()) == [2_500_000, 1_000]


def test_mail_is_caught_until_a_server_is_named(tmp_path: Path) -> None:
    found = settings_of(tmp_path, "EMAIL_BACKEND", "MAIL_IS_CAUGHT", "MAIL_PAGE")
    assert found == {
        "EMAIL_BACKEND": "clusterwerk.platform.mail.catcher.CatcherBackend",
        "MAIL_IS_CAUGHT": True,
        "MAIL_PAGE": False,
    }


@pytest.mark.parametrize(
    ("security", "port", "use_tls", "use_ssl"),
    [("starttls", 587, True, False), ("tls", 465, False, True), ("none", 25, False, False)],
)
def test_a_mail_server_is_named_by_the_environment(
    tmp_path: Path, security: str, port: int, use_tls: bool, use_ssl: bool
) -> None:
    names = ("EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_USE_TLS")
    found = settings_of(
        tmp_path,
        *names,
        "EMAIL_USE_SSL",
        "MAIL_PAGE",
        CLUSTERWERK_DEMO="yes",
        CLUSTERWERK_SMTP_HOST="mail.example.org",
        CLUSTERWERK_SMTP_USER="clusterwerk",
        CLUSTERWERK_SMTP_SECURITY=security,
    )
    assert found == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.example.org",
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": "clusterwerk",
        "EMAIL_USE_TLS": use_tls,
        "EMAIL_USE_SSL": use_ssl,
        "MAIL_PAGE": False,
    }


@pytest.mark.parametrize(
    ("demo", "server", "address"),
    [("yes", "", "/mail/"), ("no", "", "none"), ("yes", "mail.example.org", "none")],
)
def test_the_page_of_caught_mail_exists_only_in_a_demo_that_sends_nothing(
    tmp_path: Path, demo: str, server: str, address: str
) -> None:
    variables = {"CLUSTERWERK_DEMO": demo, "CLUSTERWERK_SMTP_HOST": server}
    done = run(MAIL_PAGE, var=tmp_path, **variables)
    assert done.stdout.strip() == address, done.stderr


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("CLUSTERWERK_TLS", "maybe", "CLUSTERWERK_TLS is 'maybe'; expected yes or no."),
        ("CLUSTERWERK_SMTP_SECURITY", "ssl", "expected starttls, tls or none"),
        ("CLUSTERWERK_SMTP_PORT", "many", "CLUSTERWERK_SMTP_PORT is 'many'; expected a whole"),
        ("CLUSTERWERK_PROXIES", "-1", "CLUSTERWERK_PROXIES is '-1'; expected a whole number"),
        ("CLUSTERWERK_ADDRESS", "clusters.example.org", "expected the address of the site"),
        ("CLUSTERWERK_ADDRESS", "https://example.org/clusters", "without a path"),
        ("CLUSTERWERK_OIDC_ISSUER", "http://id.example.org", "expected an address with https://"),
    ],
)
def test_a_value_that_cannot_be_meant_stops_with_its_name(
    tmp_path: Path, name: str, value: str, message: str
) -> None:
    done = run(PRINT, "DEBUG", var=tmp_path, **{name: value})
    assert done.returncode != 0
    assert message in done.stderr
