"""What a cluster can show of itself on a website of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from clusterwerk.clusters.models import PublicProfile
from clusterwerk.platform.site import public_address

FRAME = '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy"></iframe>'
HEIGHT = 720  # pixels; a frame without script cannot tell its own


@dataclass(frozen=True, slots=True)
class Frame:
    """A line of HTML to paste, in one language."""

    language: str
    named: str
    path: str
    line: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to show, as a frame in each language and as plain data."""

    title: str
    frames: tuple[Frame, ...]
    data: tuple[tuple[str, str], ...]


def offers_of(profile: PublicProfile) -> Sequence[Offer]:
    """Addresses are whole and public: they are pasted elsewhere."""
    asked = f"?cluster={profile.slug}"
    data = (
        (str(_("Calendar to follow (iCalendar)")), _calendar(profile)),
        (str(_("For a website or a news reader (JSON Feed)")), _whole("agenda:agenda_feed", asked)),
        (str(_("For a website or a news reader (RSS)")), _whole("agenda:agenda_news", asked)),
    )
    frames = tuple(_frame(profile, *language) for language in settings.LANGUAGES)
    return (Offer(str(_("Calendar with registration")), frames, data),)


def _frame(profile: PublicProfile, language: str, named: str) -> Frame:
    path = reverse("embeds:frame_agenda", args=[language, profile.slug])
    with override(language):
        title = _("Calendar of %(name)s") % {"name": profile.name}
    line = format_html(FRAME, public_address(path), title, HEIGHT)
    return Frame(language, named, path, line)


def _calendar(profile: PublicProfile) -> str:
    return public_address(reverse("agenda:cluster_calendar", args=[profile.slug]))


def _whole(name: str, asked: str) -> str:
    return public_address(reverse(name)) + asked
