"""A mailing of 20,000: prepared as a job, in seconds and memory, and handed over for a minute.

`python -m bench.mailings [--size 20000]` invents that many contacts of one cluster in a throw-away
database, half of them with consent, and prepares a mailing to all. Memory is what the process
holds more at its highest than before it began. A tenth of the size is measured beside it: flat
memory is the same for both.
"""

import argparse
import gc
import json
import resource
import shutil
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any, Self

from bench.register import run
from bench.table import Row, show

SIZE = 20_000
SECONDS = 60
MOST_MEMORY = 64  # MB more than before
PACE = 600


def mailing_rows(size: int) -> list[Row]:
    small, large = _figures(size // 10), _figures(size)
    of = f"mailing of {size:,}"
    return [
        Row(
            f"{of}: prepared by a job",
            f"{large['prepared']:.1f} s",
            f"{SECONDS} s",
            large["prepared"] / SECONDS,
            f"{large['waiting']:,} get it; a tenth of it {small['prepared']:.1f} s",
        ),
        Row(
            f"{of}: memory while prepared",
            f"{large['memory']:.0f} MB",
            f"{MOST_MEMORY} MB",
            large["memory"] / MOST_MEMORY,
            f"more than before; a tenth of it {small['memory']:.0f} MB",
        ),
        Row(
            f"{of}: counted on the page of the draft",
            f"{large['counted']:.1f} s",
            "10 s",
            large["counted"] / 10,
            "who is reached and who is left out, by the same rules",
        ),
        Row(
            f"{of}: {PACE} mails handed over",
            f"{large['handed']:.1f} s",
            f"{SECONDS} s",
            large["handed"] / SECONDS,
            "what a minute may take at that pace",
        ),
    ]


def _figures(size: int) -> dict[str, float]:
    """In a process of its own, whose database goes with it."""
    folder = Path(tempfile.mkdtemp(prefix="clusterwerk-mailings-"))
    try:
        told = run("bench.mailings", "--inside", str(size), var=folder)
        found: dict[str, float] = json.loads(told.splitlines()[-1])
        return found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _inside(size: int) -> dict[str, float]:
    from django.conf import settings  # noqa: PLC0415 - after the settings
    from django.utils import timezone  # noqa: PLC0415

    from clusterwerk.activities.mailings import sending, starting  # noqa: PLC0415
    from clusterwerk.activities.mailings.audiences import reached  # noqa: PLC0415
    from clusterwerk.activities.mailings.jobs import prepare_mailing  # noqa: PLC0415
    from clusterwerk.activities.models import MailingRecipient  # noqa: PLC0415
    from clusterwerk.platform.access.session import acting_person  # noqa: PLC0415
    from clusterwerk.platform.jobs.running import run_job  # noqa: PLC0415

    settings.MAILS_A_MINUTE = PACE
    actor, mailing = _invented(size)
    with acting_person(actor) as seats:
        asked = starting.start(seats=seats, mailing=mailing, now=timezone.now()).pk
    began = time.perf_counter()
    with Memory() as memory:
        run_job(prepare_mailing, None, asked)
    spent = {"prepared": time.perf_counter() - began, "memory": memory.more}
    began = time.perf_counter()
    with acting_person(actor):
        counted = reached(mailing, timezone.localdate()).number
    spent["counted"] = time.perf_counter() - began
    with acting_person(actor):
        spent["waiting"] = MailingRecipient.objects.filter(state="waiting").count()
    assert spent["waiting"] == counted
    began = time.perf_counter()
    sending.hand_over(timezone.now() + timedelta(minutes=1))
    spent["handed"] = time.perf_counter() - began
    return spent


class Memory:
    """The most that the process holds at a time inside the block, in MB more than before it."""

    def __init__(self) -> None:
        self.more = 0.0
        self._ended = Event()

    def __enter__(self) -> Self:
        gc.collect()
        self._before = _held()
        self._looks = Thread(target=self._look, daemon=True)
        self._looks.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._looks.join()

    def _look(self) -> None:
        while not self._ended.wait(0.02):
            self.more = max(self.more, _held() - self._before)


def _held() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1_000_000


def _invented(size: int) -> tuple[int, Any]:
    """A manager with a cluster of so many contacts, and a newsletter to all of them."""
    from django.utils import timezone  # noqa: PLC0415 - after the settings

    from clusterwerk.activities.mailings.writing import Letter, write_mailing  # noqa: PLC0415
    from clusterwerk.clusters.models import Agency, Cluster, Seat  # noqa: PLC0415
    from clusterwerk.members.models import Consent, Contact  # noqa: PLC0415
    from clusterwerk.platform.access.commands import seats_of_command  # noqa: PLC0415
    from clusterwerk.platform.access.session import acting  # noqa: PLC0415
    from clusterwerk.platform.models import User  # noqa: PLC0415
    from clusterwerk.platform.rows import created_many  # noqa: PLC0415

    today = timezone.localdate()
    with acting(seats_of_command()):
        agency = Agency.objects.create(key="bench", name="Bench")
        manager = User.objects.create_user("bench@example.org", "bench", name="Bench")
    with acting(seats_of_command(agency=agency.pk)):
        cluster = Cluster.objects.create(agency=agency, key="bench", name="Bench")
        facts = {"kind": "cluster", "role": "manager", "since": today}
        Seat.objects.create(user=manager, cluster=cluster, agency=agency, **facts)
    seats = seats_of_command(agency=agency.pk, clusters=frozenset({cluster.pk}))
    for start in range(0, size, 5_000):
        with acting(seats):
            rows = created_many(
                Contact(
                    cluster=cluster,
                    first_name=f"P{number}",
                    email=f"p{number}@example.org",
                    source="bench",
                )
                for number in range(start, min(size, start + 5_000))
            )
            said = {"purpose": "newsletter", "state": "given", "said_on": today, "way": "spoken"}
            created_many(Consent(cluster=cluster, contact=row, **said) for row in rows[::2])
    letter = Letter(
        sender_name="Bench", subject_en="News", text_en="Dear {first_name}", subject_nl=""
    )
    with acting(seats):
        return manager.pk, write_mailing(seats=seats, cluster=cluster, letter=letter)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.mailings", description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="contacts of the larger one")
    parser.add_argument("--inside", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside is None:
        show(mailing_rows(asked.size))
        return
    from clusterwerk.config.running import django_ready  # noqa: PLC0415 - after the folder is set

    with django_ready():
        print(json.dumps(_inside(asked.inside)))


if __name__ == "__main__":
    main()
