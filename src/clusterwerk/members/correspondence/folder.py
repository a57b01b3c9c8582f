"""Mail that another program leaves in a folder (a maildir) is taken in from there."""

import logging
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from clusterwerk.clusters.queries import clusters_by_agency
from clusterwerk.members.correspondence.addresses import taker_of, token_of
from clusterwerk.members.correspondence.arriving import UnknownRecipientError, receive
from clusterwerk.members.correspondence.filing import let_fade
from clusterwerk.members.correspondence.parsing import MOST_BYTES, TooLargeError, read_mail
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import acting
from clusterwerk.platform.jobs.asking import app

logger = logging.getLogger(__name__)
AT_ONCE = 200


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="pick_up_mail")
def pick_up_mail(timestamp: int) -> None:  # noqa: ARG001
    """Every minute, when a folder is named."""
    if settings.MAIL_IN_FOLDER:
        pick_up(Path(settings.MAIL_IN_FOLDER))


def pick_up(folder: Path) -> int:
    """Take in what stands in `new`; returns how many mails did come in.

    A mail goes from the folder once it is kept. One that nobody takes moves to `cur`, where a
    person finds it; one that fails for another reason stays for the next minute.
    """
    taken = 0
    for path in sorted((folder / "new").glob("*"))[:AT_ONCE]:
        try:
            taken += _take(path)
        except (UnknownRecipientError, TooLargeError) as error:
            logger.warning("A mail in the folder was not taken: %s", error)
            (folder / "cur").mkdir(exist_ok=True)
            path.replace(folder / "cur" / f"{path.name}:2,")
        except Exception:
            logger.exception("A mail in the folder could not be taken; it stays there.")
    return taken


def _take(path: Path) -> int:
    with path.open("rb") as file:
        raw = file.read(MOST_BYTES + 1)
    read = read_mail(raw, timezone.now())
    recipient = next((each for each in read.delivered_to if token_of(each) or taker_of(each)), "")
    receive(raw, recipient=recipient, sender=read.return_path)
    path.unlink(missing_ok=True)
    return 1


@app.periodic(cron="23 3 * * *")
@app.task(queueing_lock="let_mail_fade")
def let_mail_fade(timestamp: int) -> None:  # noqa: ARG001
    """Every night, cluster by cluster."""
    for agency, clusters in clusters_by_agency():
        for cluster in clusters:
            seats = seats_of_command(agency=agency, clusters=frozenset({cluster}))
            with acting(seats, reason="mail dismissed long ago"):
                let_fade(cluster, timezone.now())
