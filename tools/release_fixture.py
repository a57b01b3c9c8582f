"""Makes the fixture of a release: a database as that release leaves it behind, for `upgrade` tests.

Run as `.venv/bin/python tools/release_fixture.py` in a clean checkout of the release. It loads the
demo with the program itself, signs in and works so that every table holds rows where the product
can make them, and writes to tests/releases:

- `<version>.sql.xz`: the owner's plain dump with grants and policies; loads in PostgreSQL 15 and
  newer, into an empty database with the roles of docs/operate/database.md;
- `<version>.json`: rows of each table, and sums that no upgrade may change.
"""

import json
import lzma
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RELEASES = ROOT / "tests" / "releases"
PROGRAM = [sys.executable, "-m", "clusterwerk.config"]

# What a newer pg_dump writes and an older server does not know, and keys that differ each time.
UNPORTABLE = re.compile(r"^(\\(un)?restrict .*|SET transaction_timeout = 0;)\n", re.MULTILINE)


def main(release: str) -> None:
    """Write both files of one release."""
    with tempfile.TemporaryDirectory(prefix="cw") as made, _program_in(Path(made)):
        from clusterwerk.config.running import django_ready  # noqa: PLC0415 - reads the folder

        with django_ready():
            _work()
            facts = {"release": release, **_facts(Path(made))}
            dump = _dump(Path(made))
    RELEASES.mkdir(exist_ok=True)
    packed = lzma.compress(dump.encode(), preset=9 | lzma.PRESET_EXTREME)
    (RELEASES / f"{release}.sql.xz").write_bytes(packed)
    text = json.dumps(facts, indent=2, ensure_ascii=False)
    (RELEASES / f"{release}.json").write_text(text + "\n", "utf-8")
    print(f"{release}: {len(packed) / 1e3:.0f} kB, {sum(facts['rows'].values())} rows")


@contextmanager
def _program_in(var: Path) -> Iterator[None]:
    """The demo in a folder of its own, with the database's server running until the end."""
    var.chmod(0o755)
    os.environ |= {"CLUSTERWERK_VAR": str(var), "CLUSTERWERK_DEMO": "yes", "DATABASE_URL": ""}
    subprocess.run([*PROGRAM, "database", "start"], check=True)
    try:
        subprocess.run([*PROGRAM, "demo", "load"], check=True)
        yield
    finally:
        subprocess.run([*PROGRAM, "database", "stop"], check=True)


def _work() -> None:
    """What people do, so that tables which the demo leaves empty hold rows too."""
    _change_members()
    _protect_an_account()
    _sign_in()
    _ask_for_jobs()


def _change_members() -> None:
    from datetime import date, timedelta  # noqa: PLC0415 - all imports wait for the folder
    from decimal import Decimal  # noqa: PLC0415

    from clusterwerk.clusters.models import Agency, Cluster  # noqa: PLC0415
    from clusterwerk.config.demo.people import MANAGED  # noqa: PLC0415
    from clusterwerk.members.actions import Promise, promise_contribution  # noqa: PLC0415
    from clusterwerk.members.models import Contribution, Membership  # noqa: PLC0415
    from clusterwerk.platform.access.commands import seats_of_command  # noqa: PLC0415
    from clusterwerk.platform.access.session import acting  # noqa: PLC0415
    from clusterwerk.reporting.actions import record_counts  # noqa: PLC0415

    with acting(seats_of_command()):
        agency = Agency.objects.get().pk
    with acting(seats_of_command(agency=agency)):
        cluster = Cluster.objects.get(key=MANAGED)
    seats = seats_of_command(agency=agency, clusters=frozenset({cluster.pk}))
    today = date.today()  # noqa: DTZ011 - the demo counts in local days
    with acting(seats, reason="a member stops paying"):
        member = Membership.objects.filter(cluster=cluster, is_paying=True).order_by("pk")[0]
        Membership.objects.filter(pk=member.pk).update(is_paying=False)
        kept = Contribution.objects.filter(membership=member).first()
        year = kept.working_year if kept else 1
        promise_contribution(seats=seats, promise=Promise(member, year, Decimal("1234.50")))
    with acting(seats, reason="counts of two days"):
        for day in (today - timedelta(days=1), today):
            record_counts(seats=seats, cluster=cluster, day=day)


def _protect_an_account() -> None:
    from allauth.account.models import EmailAddress  # noqa: PLC0415
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: PLC0415
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: PLC0415
    from allauth.socialaccount.models import SocialAccount  # noqa: PLC0415

    from clusterwerk.platform.access.commands import seats_of_command  # noqa: PLC0415
    from clusterwerk.platform.access.session import acting  # noqa: PLC0415
    from clusterwerk.platform.models import User  # noqa: PLC0415

    with acting(seats_of_command(), reason="an account with two steps and a second address"):
        person = User.objects.get(email__startswith="account@")
        TOTP.activate(person, generate_totp_secret())
        RecoveryCodes.activate(person)
        EmailAddress.objects.create(user=person, email="arne@example.org", verified=True)
        SocialAccount.objects.create(user=person, provider="sso", uid="arne", extra_data={"a": 1})


def _sign_in() -> None:
    from django.test import Client  # noqa: PLC0415

    from clusterwerk.config.demo.people import DEMO_PASSWORD, DEMO_PEOPLE  # noqa: PLC0415

    for person in DEMO_PEOPLE:
        client = Client(SERVER_NAME="localhost")
        client.post("/accounts/login/", {"login": person.email, "password": DEMO_PASSWORD})
        answer = client.get("/desk/")
        print(f"{person.role}: {answer.status_code}")


def _ask_for_jobs() -> None:
    """One that was done and one that waits."""
    from procrastinate.contrib.django import app  # noqa: PLC0415

    name = next(name for name in app.tasks if name.endswith("forget_sessions"))
    ask = app.configure_task(name)
    ask.defer(timestamp=0)
    connector: Any = app.connector
    with app.replace_connector(connector.get_worker_connector()):
        app.run_worker(wait=False, install_signal_handlers=False)
    ask.defer(timestamp=1)


def _facts(var: Path) -> dict[str, Any]:
    sys.path.insert(0, str(ROOT / "tests"))
    from clusterwerk.platform.postgres.client import connect  # noqa: PLC0415
    from factories.facts import rows_of_tables, sums  # noqa: PLC0415 - needs the line before

    with connect("owner", var) as connection:
        return {"rows": rows_of_tables(connection), "sums": sums(connection)}


def _dump(var: Path) -> str:
    from clusterwerk.platform.postgres import address, binaries  # noqa: PLC0415

    command = [binaries.find().program("pg_dump"), "--no-owner", "--format=plain"]
    command += ["--host", str(address.socket_folder(var)), "--username", address.OWNER]
    done = subprocess.run([*command, address.DATABASE], check=True, capture_output=True, text=True)
    return UNPORTABLE.sub("", done.stdout)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else version("clusterwerk"))
