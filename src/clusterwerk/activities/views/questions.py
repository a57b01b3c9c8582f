"""Questions of the organisers on the form of an activity."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clusterwerk.activities import access, actions
from clusterwerk.activities.forms.questions import QuestionForm, present
from clusterwerk.activities.models import Activity
from clusterwerk.activities.questions import MOST_QUESTIONS, asked_now
from clusterwerk.activities.views.own import done, own_activity, own_lead, sent, status_of
from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.platform.access.middleware import seats_of

READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_SEND)
def questions(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """What is asked besides name and address, and a form for one more."""
    own, found = _place(request, cluster, activity)
    form = QuestionForm(sent(request))
    if request.method == "POST" and done(
        form,
        lambda: actions.put_question(
            seats=seats_of(request), activity=found, question=form.question()
        ),
    ):
        messages.success(request, _("The question stands on the form."))
        return redirect("activities:questions", own.key, found.pk)
    context = {
        "cluster": own,
        "activity": found,
        "form": form,
        "questions": asked_now(found.questions),
        "most": MOST_QUESTIONS,
    }
    return render(request, "activities/questions.html", context, status=status_of(form))


@require_http_methods(READ_OR_SEND)
def question_change(
    request: HttpRequest, cluster: str, activity: int, question: str
) -> HttpResponse:
    own, found = _place(request, cluster, activity)
    asked = asked_now(found.questions)
    at = next((at for at, each in enumerate(asked) if each.key == question), None)
    if at is None:
        raise Http404(_("This question is not asked any more."))
    form = QuestionForm(sent(request), initial=present(asked[at], at + 1))
    if request.method == "POST" and done(
        form,
        lambda: actions.put_question(
            seats=seats_of(request),
            activity=found,
            question=form.question(question),
            place=form.cleaned_data["place"],
        ),
    ):
        messages.success(request, _("The question was saved."))
        return redirect("activities:questions", own.key, found.pk)
    context = {"cluster": own, "activity": found, "form": form, "question": asked[at]}
    return render(request, "activities/question_change.html", context, status=status_of(form))


@require_POST
def question_remove(
    request: HttpRequest, cluster: str, activity: int, question: str
) -> HttpResponse:
    """Take it off the form; what was answered stays."""
    own, found = _place(request, cluster, activity)
    actions.remove_question(seats=seats_of(request), activity=found, key=question)
    messages.success(request, _("The question is asked no more. What was answered stays."))
    return redirect("activities:questions", own.key, found.pk)


def _place(request: HttpRequest, cluster: str, activity: int) -> tuple[Cluster | Agency, Activity]:
    own = own_lead(request, cluster)
    found = own_activity(request, own, activity)
    access.may_change(seats_of(request), found).require()
    return own, found
