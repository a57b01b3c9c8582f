"""What everybody sees of mailings: the page to unsubscribe, and newsletters on the public site."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from clusterwerk.activities.mailings import leaving
from clusterwerk.activities.mailings.messages import read_on_the_web
from clusterwerk.activities.mailings.newsletters import newsletters_of
from clusterwerk.activities.models import MailingKind, PublishedNewsletter
from clusterwerk.clusters.models import PublicProfile
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.replica import published
from clusterwerk.platform.site import public_address

READ_OR_SEND = ["GET", "HEAD", "POST"]
MOST = 50


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(READ_OR_SEND)
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """The secret in the link is what allows it: mail programmes press too, without our cookie."""
    seats = seats_of(request)
    try:
        if request.method == "POST":
            everything = request.POST.get("do") == "everything"
            leaving.unsubscribe(seats=seats, token=token, everything=everything, now=timezone.now())
            if request.POST.get("List-Unsubscribe"):
                return HttpResponse(status=204)
            done = "everything" if everything else "kind"
            return redirect(f"{reverse('agenda:unsubscribe', args=[token])}?done={done}")
        own = leaving.recipient_by_link(seats=seats, token=token)
    except leaving.UnknownLinkError as error:
        raise Http404(str(error)) from error
    context = {
        "recipient": own,
        "mailing": own.mailing,
        "is_practical": own.mailing.kind == MailingKind.PRACTICAL,
        "done": request.GET.get("done", "") if own.unsubscribed_at else "",
    }
    return render(request, "activities/unsubscribe.html", context)


@login_not_required
@published
@require_safe
def newsletter_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The newsletters of a cluster, newest first."""
    profile = _profile(slug)
    rows = [_line(row) for row in newsletters_of(profile.pk)[:MOST]]
    context = {"profile": profile, "newsletters": rows}
    return render(request, "activities/newsletter_list.html", context)


@login_not_required
@published
@require_safe
def newsletter_detail(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    row = get_object_or_404(PublishedNewsletter, uid=uid)
    asked = request.GET.get("in", "") or get_language() or ""
    address = public_address(reverse("agenda:newsletter_detail", args=[uid]))
    language, subject, content = read_on_the_web(row, asked, address)
    context = {
        "newsletter": row,
        "written_in": language,
        "subject": subject,
        "content": content,
        "others": [each for each in row.languages if each != language],
        "profile": PublicProfile.objects.filter(pk=row.cluster_id).first(),
    }
    return render(request, "activities/newsletter_detail.html", context)


@login_not_required
@published
@require_safe
def newsletter_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """As RSS 2.0 (https://www.rssboard.org/rss-specification)."""
    profile = _profile(slug)
    feed = Rss201rev2Feed(
        title=profile.name,
        link=public_address(reverse("agenda:newsletter_list", args=[slug])),
        description=_("Newsletters of %(cluster)s") % {"cluster": profile.name},
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    for row in newsletters_of(profile.pk)[:MOST]:
        address = public_address(reverse("agenda:newsletter_detail", args=[row.uid]))
        _language, subject, content = read_on_the_web(row, get_language() or "", address)
        feed.add_item(
            title=subject,
            link=address,
            description=str(content),
            unique_id=str(row.uid),
            unique_id_is_permalink=False,
            pubdate=row.published_at,
        )
    text = str(feed.writeString("utf-8"))
    return HttpResponse(text, content_type="application/rss+xml; charset=utf-8")


def _line(row: PublishedNewsletter) -> dict[str, object]:
    language, subject, _content = read_on_the_web(row, get_language() or "", "")
    return {"row": row, "subject": subject, "language": language}


def _profile(slug: str) -> PublicProfile:
    found = PublicProfile.objects.filter(slug=slug).first()
    if found is None:
        raise Http404(_("There is no published cluster with this address."))
    return found
