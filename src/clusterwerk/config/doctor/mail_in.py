"""Mail to teams: a domain that leads here, and a folder that is emptied."""

import time
from datetime import datetime
from pathlib import Path

from clusterwerk.config import environment
from clusterwerk.config.doctor.finding import Finding, Findings, fail, ok, unknown, warn
from clusterwerk.config.doctor.names import CannotAskError, exchanges
from clusterwerk.platform.postgres.client import Connection

HOURS = 2  # without a look into the folder, or that a mail waits in it
TASK = "clusterwerk.members.correspondence.folder.pick_up_mail"
GUIDE = "(docs/operate/mail-in.md)"


def findings() -> Findings:
    """Settings, name service and folder; whether the folder is looked into tells the database."""
    domain = environment.text("CLUSTERWERK_MAIL_IN_DOMAIN").lower()
    folder = environment.text("CLUSTERWERK_MAIL_IN_FOLDER")
    if not domain and not folder:
        return
    yield leads_here(domain)
    if folder:
        yield waiting(Path(folder), time.time())


def leads_here(domain: str) -> Finding:
    """Whether the name service says who takes mail for the domain."""
    if not domain:
        mend = f"Set CLUSTERWERK_MAIL_IN_DOMAIN to the domain of the addresses {GUIDE}."
        return fail("mail in domain", "There is a folder for mail, and no domain.", mend)
    try:
        found = exchanges(domain)
    except CannotAskError:
        mend = "Look again with a connection, or name a name server in CLUSTERWERK_DNS."
        return unknown("mail in domain", f"No name server answers about {domain}.", mend)
    mend = f"Publish an MX record at {domain} that leads to your mail server {GUIDE}."
    if not found:
        return fail("mail in domain", f"{domain} has no MX record; mail to teams comes back.", mend)
    if "." in found:
        return fail("mail in domain", f"{domain} says that it takes no mail.", mend)
    return ok("mail in domain", f"Mail to {domain} goes to {', '.join(found)}.")


def waiting(folder: Path, now: float) -> Finding:
    """Mails that nobody took in for hours, and those that were set apart for a person."""
    try:
        new = [path.stat().st_mtime for path in (folder / "new").iterdir()]
        apart = sum(1 for _path in (folder / "cur").iterdir()) if (folder / "cur").is_dir() else 0
    except OSError as error:
        mend = "Let the account of the worker read and write the maildir, or name another one."
        return fail("mail in folder", f"{folder} cannot be read: {error.strerror}", mend)
    late = [moment for moment in new if moment < now - HOURS * 3600]
    if late:
        mend = "Look into the log of the worker: it says why a mail stays."
        return warn(
            "mail in folder", f"{len(late)} mails wait in {folder}/new for {HOURS} hours.", mend
        )
    if apart:
        mend = f"Look at them: no team has their address, or they are too large {GUIDE}."
        return warn("mail in folder", f"{apart} mails in {folder}/cur were for no team.", mend)
    return ok("mail in folder", f"Nothing waits in {folder}.")


def looked(connection: Connection) -> Finding:
    """When a worker last looked into the folder."""
    if not environment.text("CLUSTERWERK_MAIL_IN_FOLDER"):
        return ok(
            "mail intake", "No folder is named; mail comes by a pipe, or is dropped as files."
        )
    row = connection.execute(LAST, [TASK]).fetchone()
    last: datetime | None = row[0] if row else None
    mend = "Start a worker with the same settings; `clusterwerk serve` has one."
    if last is None:
        return warn("mail intake", "Nobody has looked into the folder yet.", mend)
    hours = (time.time() - last.timestamp()) / 3600
    if hours > HOURS:
        return warn(
            "mail intake", f"Nobody has looked into the folder for {hours:.0f} hours.", mend
        )
    return ok("mail intake", f"Looked into the folder {hours * 60:.0f} minutes ago.")


LAST = """
select max(event.at) from procrastinate_jobs job
  join procrastinate_events event on event.job_id = job.id
 where job.task_name = %s and event.type = 'succeeded'
"""
