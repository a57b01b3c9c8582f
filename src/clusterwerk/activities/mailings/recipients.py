"""The list of who gets a mailing, who does not, and what became of each mail."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.mailings.showing import recipients_of, state_words
from clusterwerk.activities.models import LeftOut, Mailing, MailingRecipient, RecipientState
from clusterwerk.platform.text import SortKey
from clusterwerk.platform.ui.export import Format
from clusterwerk.platform.ui.lists import Column, Facet, Listing, row_address

RECIPIENTS = "recipients"


def recipient_listing(mailing: Mailing, key: str) -> Listing[MailingRecipient]:
    """Everybody of the audience, by name."""
    address = row_address("activities:recipient_detail", key, str(mailing.pk))
    return Listing(
        key=RECIPIENTS,
        base=recipients_of(mailing),
        search=_search,
        rows=lambda found, _columns: tuple(found),
        columns=_columns(mailing),
        facets=(
            Facet("state", _("State"), F("state"), dict(RecipientState.choices)),
            Facet("why", _("Why left out"), F("left_out"), dict(LeftOut.choices)),
        ),
        pk=lambda row: row.pk,
        address=lambda row: address(row.pk),
    )


def _search(rows: "QuerySet[Any]", words: tuple[str, ...]) -> "QuerySet[Any]":
    rows = rows.alias(words=SortKey(F("name")), place=SortKey(F("organisation_name")))
    for word in words:
        fits = Q(words__contains=word) | Q(place__contains=word) | Q(email__contains=word)
        rows = rows.filter(fits)
    return rows


def _columns(mailing: Mailing) -> tuple[Column[MailingRecipient], ...]:
    return (
        Column(
            "name",
            _("Name"),
            lambda row: str(row) or _("without a name"),
            note=lambda row: row.organisation_name,
            sort=SortKey(F("name")),
            width=30,
        ),
        Column(
            "email", _("E-mail address"), lambda row: row.email or None, sort=F("email"), width=32
        ),
        Column(
            "state",
            _("State"),
            lambda row: capfirst(state_words(mailing, row.state)),
            note=lambda row: row.get_left_out_display() if row.left_out else "",
            sort=F("state"),
            width=22,
        ),
        Column(
            "language", _("Language"), lambda row: capfirst(row.get_language_display()), width=12
        ),
        Column(
            "unsubscribed",
            _("Unsubscribed"),
            lambda row: timezone.localdate(row.unsubscribed_at) if row.unsubscribed_at else None,
            Format.DAY,
            shown=False,
        ),
    )
