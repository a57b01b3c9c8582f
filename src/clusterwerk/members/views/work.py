"""Expectations of members and tasks of the team."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clusterwerk.clusters.models import Cluster
from clusterwerk.members import access, actions
from clusterwerk.members.forms.work import ExpectationForm, TaskForm
from clusterwerk.members.models import Contact, Expectation, Task
from clusterwerk.members.queries.people import (
    LONG_OPEN,
    membership_of,
    open_expectations,
    open_tasks,
    team_of,
)
from clusterwerk.members.views.about import (
    About,
    asked_about,
    edit_page,
    go_back,
    locked,
    saved,
    say_saved,
    tells_gone,
)
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.models import User

READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_GET
def own_tasks(request: HttpRequest) -> HttpResponse:
    """The tasks of the person, in the cluster that they work in."""
    return redirect("members:task_list", cluster=own_cluster(request, "").key)


@require_GET
def task_list(request: HttpRequest, cluster: str) -> HttpResponse:
    """What the person has to do; with `whose=all` what the whole team has to."""
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    is_all = request.GET.get("whose") == "all"
    tasks = list(open_tasks(own.pk, owner=None if is_all else seats.actor))
    context = {
        "cluster": own,
        "tasks": tasks,
        "files": membership_of(own.pk, {task.organisation_id or 0 for task in tasks}),
        "is_all": is_all,
        "today": timezone.localdate(),
        "may_keep": access.may_keep_people(seats, own.pk),
    }
    return render(request, "members/task_list.html", context)


@require_http_methods(READ_OR_SEND)
def task_add(request: HttpRequest, cluster: str) -> HttpResponse:
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    access.may_keep_people(seats, own.pk).require()
    about = asked_about(request, own)
    hope = _expectation(request, own)
    title = str(hope) if hope else request.GET.get("title", "")
    initial = {"owner": seats.actor, "title": title[:200]}
    form = TaskForm(request.POST or None, team=_team(own), initial=initial)
    organisation = hope.organisation if hope else about.organisation
    if request.method == "POST" and saved(
        form,
        lambda: actions.add_task(
            seats=seats, cluster=own, new=form.new(organisation, about.contact, hope)
        ),
    ):
        messages.success(request, _("The task was added."))
        return go_back(request, about)
    lead = about.name if about.organisation or about.contact else ""
    return edit_page(request, form, about, title=_("Add a task"), submit=_("Add"), lead=lead)


def _team(cluster: Cluster) -> QuerySet[User]:
    return team_of(cluster.pk, timezone.localdate())


def _expectation(request: HttpRequest, cluster: Cluster) -> Expectation | None:
    asked = request.POST.get("expectation") or request.GET.get("expectation") or ""
    if not asked.isdecimal():
        return None
    return get_object_or_404(Expectation, cluster=cluster, pk=asked)


@require_http_methods(READ_OR_SEND)
@tells_gone
def task_change(request: HttpRequest, cluster: str, task: int) -> HttpResponse:
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    access.may_keep_people(seats, own.pk).require()
    row: Task = locked(Task.objects.filter(cluster=own), request, task)
    about = About(own, row.organisation, row.contact)
    if "delete" in request.POST:
        actions.delete_task(seats=seats, task=row)
        messages.success(request, _("The task was taken away; the history keeps it."))
        return go_back(request, about)
    form = TaskForm(request.POST or None, team=_team(own), task=row)
    if request.method == "POST" and saved(
        form, lambda: actions.change_task(seats=seats, task=row, **form.facts())
    ):
        say_saved(request, form, _("The task was saved."))
        return go_back(request, about)
    return edit_page(
        request, form, about, title=_("Task"), lead=about.name, remove=_("Delete"), row=row
    )


@require_POST
def task_finish(request: HttpRequest, cluster: str, task: int) -> HttpResponse:
    """Done with one click; from the list of done ones open again."""
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    row: Task = locked(Task.objects.filter(cluster=own), request, task)
    if request.POST.get("do") == "reopen":
        actions.reopen_task(seats=seats, task=row)
        messages.success(request, _("The task is open again."))
    else:
        actions.finish_task(seats=seats, task=row, at=timezone.now())
        messages.success(request, _("Done: %(task)s") % {"task": row.title})
    return go_back(request, About(own, row.organisation, row.contact))


@require_GET
def expectation_list(request: HttpRequest, cluster: str) -> HttpResponse:
    """What waits for an answer, over all members, longest waiting first."""
    own = own_cluster(request, cluster)
    waiting = list(open_expectations(own.pk)[:200])
    today = timezone.localdate()
    context = {
        "cluster": own,
        "waiting": [(each, (today - each.said_on).days) for each in waiting],
        "files": membership_of(own.pk, {each.organisation_id for each in waiting}),
        "number": open_expectations(own.pk).count(),
        "long": LONG_OPEN.days,
        "may_keep": access.may_keep_people(seats_of(request), own.pk),
    }
    return render(request, "members/expectation_list.html", context)


@require_http_methods(READ_OR_SEND)
def expectation_add(request: HttpRequest, cluster: str) -> HttpResponse:
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    access.may_keep_people(seats, own.pk).require()
    about = asked_about(request, own)
    organisation = about.organisation
    if organisation is None:
        messages.info(request, _("Open the file of a member first; an expectation is a member's."))
        return redirect("members:membership_list", own.key)
    form = ExpectationForm(
        request.POST or None,
        contacts=about.contacts,
        initial={"said_on": timezone.localdate()},
    )

    def save() -> None:
        typed = form.cleaned_data
        actions.voice_expectation(
            seats=seats,
            cluster=own,
            organisation=organisation,
            text=typed["text"],
            said_on=typed["said_on"],
            contact=typed["contact"],
        )

    if request.method == "POST" and saved(form, save):
        messages.success(request, _("The expectation was written down."))
        return go_back(request, about)
    return edit_page(request, form, about, title=_("Write down an expectation"), lead=about.name)


@require_http_methods(READ_OR_SEND)
@tells_gone
def expectation_change(request: HttpRequest, cluster: str, expectation: int) -> HttpResponse:
    """Mend what was said, take it up, answer it."""
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    access.may_keep_people(seats, own.pk).require()
    rows = Expectation.objects.filter(cluster=own).select_related("organisation")
    row: Expectation = locked(rows, request, expectation)
    about = About(own, row.organisation)
    contacts = Contact.objects.filter(
        cluster=own, pk__in=[*about.contacts.values_list("pk", flat=True), row.contact_id or 0]
    )
    form = ExpectationForm(request.POST or None, contacts=contacts, expectation=row)

    def save() -> None:
        typed = form.cleaned_data
        facts = {name: typed[name] for name in ("text", "said_on", "contact")}
        actions.change_expectation(seats=seats, expectation=row, **facts)
        actions.answer_expectation(
            seats=seats,
            expectation=row,
            state=typed["state"],
            answer=typed["answer"],
            on=timezone.localdate(),
        )

    if request.method == "POST" and saved(form, save):
        say_saved(request, form, _("The expectation was saved."))
        return go_back(request, about)
    return edit_page(
        request, form, about, title=_("Expectation"), lead=str(row.organisation), row=row
    )
