"""For the steward: how the seals stand, who was erased, and erasing somebody."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.accounts.erasing import erase_account
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.erasing import Erased, may_erase
from clusterwerk.platform.history.erasures import erasures_before
from clusterwerk.platform.history.forms import EraseForm
from clusterwerk.platform.history.sealing import seal_state
from clusterwerk.platform.history.verifying.record import last

LONGEST = 19  # digits of a key


@require_safe
def seal_overview(request: HttpRequest) -> HttpResponse:
    may_erase(seats_of(request)).require()
    after = request.GET.get("after", "")
    before = int(after) if after.isascii() and after.isdigit() and len(after) < LONGEST else None
    erasures, next_key = erasures_before(before)
    context = {
        "state": seal_state(),
        "verified": last(),
        "erasures": erasures,
        "next_key": next_key,
    }
    return render(request, "history/seal_overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person_erase(request: HttpRequest) -> HttpResponse:
    """The first button rehearses and shows what would go; the second, behind it, does it."""
    may_erase(seats_of(request)).require()
    form = EraseForm(request.POST or None)
    rehearsed = None
    if request.method == "POST" and form.is_valid():
        erased = _erase(request, form)
        if erased and "for_good" in request.POST:
            messages.success(
                request, _("Account %(number)d was erased.") % {"number": erased.subject.pk}
            )
            return redirect("history:seal_overview")
        rehearsed = erased
    refused = request.method == "POST" and rehearsed is None
    return render(
        request,
        "history/person_erase.html",
        {"form": form, "rehearsed": rehearsed},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK,
    )


def _erase(request: HttpRequest, form: EraseForm) -> Erased | None:
    """What went or would go; none when it was refused, with the reason beside the form."""
    try:
        return erase_account(
            seats=seats_of(request),
            email=form.cleaned_data["email"],
            reason=form.cleaned_data["reason"],
            on=timezone.localdate(),
            rehearse="for_good" not in request.POST,
        )
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return None
