"""The page of caught mail: for development and demo only, open to everybody there."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clusterwerk.platform.mail import queries
from clusterwerk.platform.mail.catcher import KEPT


@login_not_required
@never_cache
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    return render(request, "mail/mail_list.html", {"mails": queries.caught_mails(), "kept": KEPT})


@login_not_required
@never_cache
@require_safe
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    mail = queries.caught_mail(name)
    if mail is None:
        raise Http404(_("This message is not kept any more."))
    return render(request, "mail/mail_detail.html", {"mail": mail})
