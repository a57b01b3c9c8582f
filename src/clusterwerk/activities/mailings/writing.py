"""What the team does with a draft: write it, change it, copy it, throw it away."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from clusterwerk.activities.mailings import access
from clusterwerk.activities.mailings.texts import check, uses_link
from clusterwerk.activities.models import (
    Activity,
    Mailing,
    MailingAudience,
    MailingKind,
    MailingReach,
    MailingRecipient,
    MailingState,
)
from clusterwerk.clusters.models import Cluster
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created

OF_ACTIVITY = (MailingAudience.REGISTERED, MailingAudience.ATTENDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What the team writes, and whom it is for."""

    kind: str = MailingKind.NEWSLETTER
    subject_nl: str = ""
    text_nl: str = ""
    subject_en: str = ""
    text_en: str = ""
    sender_name: str
    reply_to: str = ""
    audience: str = MailingAudience.CONTACTS
    view_name: str = ""
    view_query: str = ""
    reach: str = MailingReach.MAIN
    activity: Activity | None = None
    is_public: bool = False


@transaction.atomic
def write_mailing(
    *, seats: Seats, cluster: Cluster, letter: Letter, is_demo: bool = False
) -> Mailing:
    access.may_write(seats, cluster.pk).require()
    _require_whole(cluster.pk, letter)
    return created(Mailing(cluster=cluster, is_demo=is_demo, **_facts(letter)))


@transaction.atomic
def change_mailing(*, seats: Seats, mailing: Mailing, letter: Letter) -> bool:
    """Says whether anything differed; raises `DomainError` once it is being sent."""
    held = held_mailing(seats, mailing)
    access.may_change(seats, held).require()
    _require_whole(held.cluster_id, letter)
    is_new = changed(held, **_facts(letter))
    mailing.refresh_from_db()
    return is_new


@transaction.atomic
def copy_mailing(*, seats: Seats, mailing: Mailing) -> Mailing:
    """The same words for the same people, as a draft."""
    access.may_write(seats, mailing.cluster_id).require()
    kept = {name: getattr(mailing, name) for name in Letter.__dataclass_fields__}
    return created(Mailing(cluster_id=mailing.cluster_id, is_demo=mailing.is_demo, **kept))


@transaction.atomic
def drop_mailing(*, seats: Seats, mailing: Mailing) -> None:
    """A draft that nobody got. Twice is once."""
    held = Mailing.objects.select_for_update(of=("self",)).filter(pk=mailing.pk).first()
    if held is None:
        return
    access.may_change(seats, held).require()
    if MailingRecipient.objects.filter(cluster_id=held.cluster_id, mailing=held).exists():
        raise DomainError(_("People were written down for this mailing, so it stays."))
    held.delete()


def held_mailing(seats: Seats, mailing: Mailing) -> Mailing:
    """Allowed, locked, as it stands now; raises `DomainError` when it was thrown away."""
    access.may_write(seats, mailing.cluster_id).require()
    rows = Mailing.objects.select_for_update(of=("self",)).select_related("cluster")
    found = rows.filter(cluster_id=mailing.cluster_id, pk=mailing.pk).first()
    if found is None:
        raise DomainError(_("This mailing was thrown away."))
    return found


def require_sendable(mailing: Mailing) -> None:
    """Raises `DomainError` for what may wait in a draft, but not go out."""
    for language, name in settings.LANGUAGES:
        subject = getattr(mailing, f"subject_{language}")
        text = getattr(mailing, f"text_{language}")
        if bool(subject.strip()) != bool(text.strip()):
            message = _("In %(language)s there is a subject or a text alone: write both or none.")
            raise DomainError(message % {"language": _(name)})
    if mailing.state != MailingState.DRAFT:
        raise DomainError(_("Somebody asked to send this mailing already."))


def _facts(letter: Letter) -> dict[str, Any]:
    facts = _fields(letter)
    if letter.audience in OF_ACTIVITY:
        facts |= {"view_name": "", "view_query": ""}
    if letter.kind != MailingKind.NEWSLETTER:
        facts["is_public"] = False
    return facts


def _fields(letter: Letter) -> dict[str, Any]:
    """`asdict` would copy the activity, a row."""
    return {name: getattr(letter, name) for name in Letter.__dataclass_fields__}


def _require_whole(cluster: int, letter: Letter) -> None:
    for text in (letter.subject_nl, letter.text_nl, letter.subject_en, letter.text_en):
        check(text)
    if letter.activity is not None and letter.activity.cluster_id != cluster:
        raise DomainError(_("Another cluster leads this activity."))
    if letter.audience in OF_ACTIVITY and letter.activity is None:
        raise DomainError(_("Say which activity these people came to."))
    texts = (letter.text_nl, letter.text_en, letter.subject_nl, letter.subject_en)
    if uses_link(*texts) and letter.activity is None and not letter.is_public:
        raise DomainError(
            _(
                "{link} leads to the activity that the mailing is about, or to the newsletter on "
                "the public site: choose one of them."
            )
        )
