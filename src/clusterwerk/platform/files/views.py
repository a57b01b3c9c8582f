"""Handing a file to its owner."""

from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.files import storage
from clusterwerk.platform.files.models import PreparedFile
from clusterwerk.platform.jobs.access import may_fetch
from clusterwerk.platform.jobs.models import JobRun


@require_safe
def file_download(request: HttpRequest, pk: int) -> FileResponse:
    """Always as a download, never shown: what a file holds must not run as a page of ours.

    The job that made it says whether its owner may still have it.
    """
    own = PreparedFile.objects.filter(
        pk=pk, owner_id=request.user.pk, expires_at__gt=timezone.now()
    )
    file = own.first()
    if file is None:
        raise Http404(_("This file is not here, or not any more. Ask for it anew."))
    run = JobRun.objects.filter(file=file).first()
    if run is not None:
        may_fetch(seats_of(request), run).require()
    try:
        content = storage.path_of(file.stored_as).open("rb")
    except FileNotFoundError as error:
        raise Http404(_("This file is not here, or not any more. Ask for it anew.")) from error
    response = FileResponse(
        content, as_attachment=True, filename=file.name, content_type=file.media_type
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
