"""What the doctor says of the sender's domain, asked of a name server on this machine."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ImproperlyConfigured

from clusterwerk.config.doctor import mail, names
from clusterwerk.config.doctor.finding import Finding
from factories.names import Texts, name_server

DOMAIN = "clusters.voorbeeld.be"
GOOD: Texts = {
    DOMAIN: ["v=spf1 a:mail.voorbeeld.be -all", "something else"],
    f"mail._domainkey.{DOMAIN}": ["v=DKIM1; k=rsa; p=MIGfMA0"],
    "_dmarc.voorbeeld.be": ["v=DMARC1; p=quarantine"],
}

Ask = Callable[..., dict[str, Finding]]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Ask:
    """The findings by name, with these records and settings."""

    def found(texts: Texts, *, silent: bool = False, **settings: str) -> dict[str, Finding]:
        named = {
            "CLUSTERWERK_SMTP_HOST": "mail.voorbeeld.be",
            "CLUSTERWERK_MAIL_FROM": f"Clusters <post@{DOMAIN}>",
            **settings,
        }
        for name, value in named.items():
            monkeypatch.setenv(name, value)
        with name_server(texts, silent=silent) as address:
            monkeypatch.setenv("CLUSTERWERK_DNS", address)
            return {finding.name: finding for finding in mail.findings()}

    return found


def states(found: dict[str, Finding]) -> dict[str, str]:
    return {name: finding.state for name, finding in found.items()}


def test_a_domain_with_all_three_records_is_in_order(ask: Ask) -> None:
    found = ask(GOOD)
    assert states(found) == dict.fromkeys(
        ("mail server", "mail sender", "spf", "dkim", "dmarc"), "ok"
    )
    assert found["dmarc"].message == "_dmarc.voorbeeld.be: v=DMARC1; p=quarantine"


def test_a_domain_without_records_is_told_what_to_publish(ask: Ask) -> None:
    found = ask({DOMAIN: ["nothing of mail"]})
    assert states(found) | {"dkim": ""} == {
        "mail server": "ok",
        "mail sender": "ok",
        "spf": "warn",
        "dkim": "",
        "dmarc": "warn",
    }
    assert '"v=spf1 a:mail.voorbeeld.be -all"' in found["spf"].mend
    assert f"_dmarc.{DOMAIN}" in found["dmarc"].mend


@pytest.mark.parametrize(
    ("records", "state", "said"),
    [
        (["v=spf1 -all", "v=spf1 mx -all"], "fail", "has 2 SPF records"),
        (["v=spf1 mx +all"], "warn", "lets everybody send"),
        (["V=SPF1 mx ~all"], "ok", "V=SPF1 mx ~all"),
        (["v=spf10 mx"], "warn", "does not say who may send"),
    ],
)
def test_spf_counts_as_receivers_read_it(
    ask: Ask, records: list[str], state: str, said: str
) -> None:
    found = ask(GOOD | {DOMAIN: records})["spf"]
    assert found.state == state
    assert said in found.message


@pytest.mark.parametrize(
    ("selector", "key", "state", "said"),
    [
        ("own", "v=DKIM1; p=MIGf", "ok", "holds a key"),
        ("own", "v=DKIM1; p=", "fail", "is revoked"),
        ("other", "v=DKIM1; p=MIGf", "warn", f"No key at other._domainkey.{DOMAIN}"),
        ("", "v=DKIM1; p=MIGf", "unknown", "No usual selector"),
    ],
)
def test_the_key_is_looked_for_at_the_named_selector(
    ask: Ask, selector: str, key: str, state: str, said: str
) -> None:
    found = ask(
        {DOMAIN: ["v=spf1 -all"], f"own._domainkey.{DOMAIN}": [key]},
        CLUSTERWERK_DKIM_SELECTOR=selector,
    )["dkim"]
    assert found.state == state
    assert said in found.message


def test_without_a_connection_nothing_is_claimed(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clusterwerk.config.doctor.names.PATIENCE", 0.3)
    found = ask(GOOD, silent=True)
    assert {found[name].state for name in ("spf", "dkim", "dmarc")} == {"unknown"}


@pytest.mark.parametrize("sender", ["clusterwerk@localhost", "post@mail.example", "nobody"])
def test_a_sender_that_no_mail_can_come_from_fails_before_any_question(
    ask: Ask, sender: str
) -> None:
    found = ask({}, CLUSTERWERK_MAIL_FROM=sender)
    assert states(found) == {"mail server": "ok", "mail sender": "fail"}


def test_a_server_without_mail_is_warned_and_a_laptop_is_not(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert states(ask({}, CLUSTERWERK_SMTP_HOST="")) == {"mail server": "ok"}
    monkeypatch.setenv("CLUSTERWERK_HOSTS", "clusters.voorbeeld.be")
    assert states(ask({}, CLUSTERWERK_SMTP_HOST="")) == {"mail server": "warn"}


@pytest.mark.parametrize(
    ("named", "read"),
    [
        ("192.0.2.1", ("192.0.2.1", 53)),
        ("192.0.2.1:5353", ("192.0.2.1", 5353)),
        ("2001:db8::1", ("2001:db8::1", 53)),
        ("[2001:db8::1]:5353", ("2001:db8::1", 5353)),
    ],
)
def test_a_name_server_is_named_by_number(named: str, read: tuple[str, int]) -> None:
    assert names._server(named) == ([read[0]], read[1])


@pytest.mark.parametrize("named", ["ns.voorbeeld.be", "192.0.2.1:many", "192.0.2.1:99999", ":53"])
def test_what_is_no_number_of_a_name_server_is_named(named: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"CLUSTERWERK_DNS is '.*'; expected the number"):
        names._server(named)
