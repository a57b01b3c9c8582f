"""The overview of one's account, the page behind a sign-in link, and the page of a refusal."""

from http import HTTPStatus

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from clusterwerk.platform.accounts import actions, links, queries
from clusterwerk.platform.accounts.forms import ProfileForm
from clusterwerk.platform.accounts.middleware import WAIT
from clusterwerk.platform.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def account_overview(request: HttpRequest) -> HttpResponse:
    account = request.user
    assert isinstance(account, User)
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=account.pk))
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        actions.change_profile(account=account, name=facts["name"], language=facts["language"])
        messages.success(request, _("Your account was changed."))
        return redirect("accounts:account_overview")
    context = {"form": form, "account": account, "safety": queries.safety_of(account)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "accounts/account_overview.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opening shows whose account it is and changes nothing; the button signs in, once."""
    link = links.use(token) if request.method == "POST" else links.read(token)
    if link is None:
        template = "accounts/sign_in_link_ended.html"
        return render(request, template, status=HTTPStatus.NOT_FOUND)
    if request.method != "POST":
        return render(request, "accounts/sign_in_link.html", {"link": link})
    actions.confirm_address(account=link.account, email=link.email)
    response: HttpResponse = perform_login(
        request, link.account, email=link.email, redirect_url=link.next_path or None
    )
    return response


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Refused for now; what was typed waits in the form behind the button, but for secrets."""
    context = {"kept": _without_secrets(request), "again": request.get_full_path()}
    status = HTTPStatus.TOO_MANY_REQUESTS
    response = render(request, "accounts/too_many_requests.html", context, status=status)
    response.headers["Retry-After"] = str(WAIT)
    return response


def _without_secrets(request: HttpRequest) -> list[tuple[str, str]]:
    """Typed fields, without passwords, codes and the token against forged requests."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name and "code" not in name
    ]
