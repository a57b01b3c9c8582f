"""News of the enterprise register about the members of a cluster."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clusterwerk.members import access
from clusterwerk.members.actions.register_news import handle_register_changes
from clusterwerk.members.queries.register_news import register_news as news_of
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.platform.access.middleware import seats_of

LONGEST = 18  # digits of a key


def own_register_news(request: HttpRequest) -> HttpResponse:
    """The news of the cluster that the person works in."""
    return redirect("members:register_news", cluster=own_cluster(request, "").key)


@require_http_methods(["GET", "HEAD", "POST"])
def register_news(request: HttpRequest, cluster: str) -> HttpResponse:
    """Posting marks the chosen lines as dealt with."""
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    day = timezone.localdate()
    if request.method == "POST":
        chosen = [number for text in request.POST.getlist("change") if (number := _key(text))]
        count = handle_register_changes(seats=seats, cluster=own, changes=chosen, day=day)
        if count:
            messages.success(request, _("Marked as dealt with."))
        else:
            messages.info(request, _("Nothing was chosen that was still open."))
        return redirect("members:register_news", own.key)
    is_handled = request.GET.get("show") == "handled"
    context = {
        "cluster": own,
        "is_handled": is_handled,
        "news": news_of(own.pk, day, is_handled=is_handled, before=_key(request.GET.get("after"))),
        "may_handle": access.may_keep_members(seats, own.pk),
    }
    return render(request, "members/register_news.html", context)


def _key(text: str | None) -> int | None:
    if not text or not text.isascii() or not text.isdigit() or len(text) > LONGEST:
        return None
    return int(text)
