"""What those who came say of it, by their link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from clusterwerk.activities import actions
from clusterwerk.activities.forms.feedback import FeedbackForm
from clusterwerk.activities.views.own import done, sent, status_of
from clusterwerk.platform.access.middleware import seats_of


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing; what was said before can be said anew."""
    seats, now = seats_of(request), timezone.now()
    try:
        own, shown = actions.registration_by_link(seats=seats, token=token)
    except actions.UnknownLinkError as error:
        raise Http404(str(error)) from error
    facts = {"relevance": own.relevance, "takes_along": own.takes_along, "better": own.better}
    form = FeedbackForm(sent(request), initial=facts)
    if request.method == "POST" and done(
        form,
        lambda: actions.say_feedback(seats=seats, token=token, now=now, **form.cleaned_data),
    ):
        messages.success(request, _("Thank you, it was kept."))
        return redirect("agenda:feedback", token)
    context = {
        "registration": own,
        "activity": shown,
        "form": form,
        "is_asked": actions.is_asked(own, shown, now),
    }
    return render(request, "activities/feedback.html", context, status=status_of(form))
