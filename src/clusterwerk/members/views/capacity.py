"""The team of a cluster: its posts, its hours, and whether its offer fits them."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clusterwerk.clusters.models import Cluster
from clusterwerk.members import access, actions
from clusterwerk.members.forms.capacity import HoursForm, PostEndForm, PostForm
from clusterwerk.members.models import TeamPost
from clusterwerk.members.models.categories import KIND_OF_WORK_NAMES
from clusterwerk.members.queries.capacity import hours_of, posts_ever, posts_of, team_capacity
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.kinds import Words


def own_team(request: HttpRequest) -> HttpResponse:
    """The team of the cluster that the person works in."""
    return redirect("members:team", cluster=own_cluster(request, "").key)


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, cluster: str) -> HttpResponse:
    """Posting writes down the hours of a month."""
    own = own_cluster(request, cluster)
    form = _hours_form(request, own)
    if request.method == "POST" and form.is_valid():
        try:
            _write(request, form)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The hours are written down."))
            return redirect("members:team", own.key)
    return _page(request, own, form=form)


@require_POST
def team_post_add(request: HttpRequest, cluster: str) -> HttpResponse:
    own = own_cluster(request, cluster)
    form = PostForm(request.POST)
    if form.is_valid():
        try:
            actions.fill_post(seats=seats_of(request), cluster=own, new=form.new_post())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect("members:team", own.key)
    return _page(request, own, post_form=form)


@require_POST
def team_post_end(request: HttpRequest, cluster: str, post: int) -> HttpResponse:
    own = own_cluster(request, cluster)
    found = get_object_or_404(posts_of(own.pk), pk=post)
    form = PostEndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the day as 2020-01-31."))
        return redirect("members:team", own.key)
    try:
        last_day = form.cleaned_data["last_day"]
        actions.end_post(seats=seats_of(request), post=found, last_day=last_day)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("members:team", own.key)


def _hours_form(request: HttpRequest, own: Cluster) -> HoursForm:
    today, posts = timezone.localdate(), posts_ever(own.pk)
    if request.method == "POST":
        return HoursForm(request.POST, posts=posts, today=today)
    post = _asked_post(request, posts, today)
    month = _asked_month(request, today)
    kept = {kind.value: number for kind, number in hours_of(post, month).items()} if post else {}
    return HoursForm(initial={"post": post, "month": month, **kept}, posts=posts, today=today)


def _asked_post(request: HttpRequest, posts: Sequence[TeamPost], today: date) -> TeamPost | None:
    asked = request.GET.get("post", "")
    if asked.isdecimal():
        return next((post for post in posts if post.pk == int(asked[:18])), None)
    return next((post for post in posts if today in post.period), None)


def _asked_month(request: HttpRequest, today: date) -> date:
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return today.replace(day=1)


def _write(request: HttpRequest, form: HoursForm) -> None:
    actions.write_hours(
        seats=seats_of(request),
        post=form.cleaned_data["post"],
        month=form.cleaned_data["month"],
        hours=form.hours(),
    )


def _page(
    request: HttpRequest,
    own: Cluster,
    *,
    form: HoursForm | None = None,
    post_form: PostForm | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    capacity = team_capacity(own.pk, today)
    shown = form or HoursForm(posts=posts_ever(own.pk), today=today)
    wrong = bool(shown.errors or (post_form and post_form.errors))
    context: dict[str, Any] = {
        "cluster": own,
        "today": today,
        "capacity": capacity,
        "form": shown,
        "post_form": post_form or PostForm(),
        "may_keep": access.may_keep_team(seats_of(request), own.pk).allowed,
        "may_write": access.may_write_hours(seats_of(request), own.pk).allowed,
        "work_names": _names(),
        "has_demo": any(post.is_demo for post in capacity.posts),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "members/team.html", context, status=status)


def _names() -> dict[str, Words]:
    return {kind.value: name for kind, name in KIND_OF_WORK_NAMES.items()}
