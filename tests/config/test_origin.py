"""What links in mails begin with, out of the settings of an installation."""

import pytest

from clusterwerk.config.origin import public_origin


@pytest.mark.parametrize(
    ("named", "origin"),
    [
        ({}, "http://localhost:8000"),
        ({"PORT": "9000"}, "http://localhost:9000"),
        ({"HOSTS": "localhost,Clusters.example.org"}, "http://clusters.example.org:8000"),
        (
            {"HOSTS": "clusters.example.org,www.example.org"} | (tls := {"TLS": "yes"}),
            "https://clusters.example.org",
        ),
        ({"HOSTS": "*,.example.org,clusters.example.org"} | tls, "https://clusters.example.org"),
        ({"HOSTS": "*"} | tls, "http://localhost:8000"),
        ({"ADDRESS": "https://Ledenwerk.example.org:8443/"}, "https://ledenwerk.example.org:8443"),
    ],
)
def test_links_begin_with_the_name_that_others_reach_the_site_by(
    monkeypatch: pytest.MonkeyPatch, named: dict[str, str], origin: str
) -> None:
    for name in ("ADDRESS", "HOSTS", "PORT", "TLS"):
        monkeypatch.delenv(f"CLUSTERWERK_{name}", raising=False)
    for name, value in named.items():
        monkeypatch.setenv(f"CLUSTERWERK_{name}", value)
    assert public_origin() == origin
