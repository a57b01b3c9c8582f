"""The enterprise register for the steward: which edition is in use, and a new one."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from clusterwerk.directory import access, jobs
from clusterwerk.directory.forms.register import RegisterFileForm
from clusterwerk.directory.queries.register import register_editions
from clusterwerk.directory.register.wording import told
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.files.actions import draft, keep
from clusterwerk.platform.jobs import ask

UNPROCESSABLE = 422
SHOWN = 10  # editions


@require_http_methods(["GET", "HEAD", "POST"])
def register_overview(request: HttpRequest) -> HttpResponse:
    """An upload is kept in the file store and loaded by a job, whose page shows how far it is."""
    access.may_load_register(seats_of(request)).require()
    form = RegisterFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        run = _asked(seats_of(request).actor or 0, form.cleaned_data["file"])
        return redirect("jobs:job_detail", run)
    editions = register_editions(SHOWN)
    used = next((edition for edition in editions if edition.is_in_use), None)
    context = {
        "form": form,
        "editions": editions,
        "used": used,
        "problems": told(used.problems) if used else [],
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "directory/register_overview.html", context, status=status)


@transaction.atomic
def _asked(actor: int, file: "UploadedFile[bytes]") -> int:
    with draft() as written:
        for chunk in file.chunks():
            written.file.write(chunk)
        kept = keep(written, actor, file.name or "register.zip", "application/zip")
    run = ask(jobs.load_register, actor=actor, reason="directory:register_overview", file=kept.pk)
    return run.pk
