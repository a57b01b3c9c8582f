"""Mail that came in: the tray, the address of the team, files dropped, files fetched."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.actions import organisation_chosen
from clusterwerk.members import access, actions
from clusterwerk.members.correspondence import addresses, filing
from clusterwerk.members.correspondence.arriving import Arrival, take_in
from clusterwerk.members.correspondence.matching import (
    Suggestion,
    suggestions,
    team_addresses,
)
from clusterwerk.members.correspondence.parsing import MOST_BYTES, ReadMail, read_mail
from clusterwerk.members.correspondence.quoting import passages
from clusterwerk.members.forms.contacts import ContactForm
from clusterwerk.members.forms.correspondence import FilingForm
from clusterwerk.members.models import IncomingMail, MailAttachment, MailState, MailWay
from clusterwerk.members.queries.correspondence import mail_page, waiting_mails
from clusterwerk.members.views.about import About, asked_about, back_to, edit_page, saved
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError

READ_OR_SEND = ["GET", "HEAD", "POST"]
MOST_FILES = 50
OUTLOOK = b"\xd0\xcf\x11\xe0"  # how a file of Outlook itself begins
LONGEST_KEY = 18


@require_GET
def own_mail(request: HttpRequest) -> HttpResponse:
    """The tray of the cluster that the person works in."""
    return redirect("members:mail_list", cluster=own_cluster(request, "").key)


@require_GET
def mail_list(request: HttpRequest, cluster: str) -> HttpResponse:
    own = own_cluster(request, cluster)
    is_dismissed = request.GET.get("show") == "dismissed"
    state = MailState.DISMISSED if is_dismissed else MailState.WAITING
    before = request.GET.get("before", "")
    is_key = before.isascii() and before.isdigit() and len(before) <= LONGEST_KEY
    context = {
        "cluster": own,
        "page": mail_page(own.pk, state, int(before) if is_key else None),
        "number": waiting_mails(own.pk),
        "is_dismissed": is_dismissed,
        "may_keep": access.may_keep_people(seats_of(request), own.pk),
        "is_configured": addresses.is_configured(),
    }
    return render(request, "members/mail_list.html", context)


@require_http_methods(READ_OR_SEND)
def mail_read(request: HttpRequest, cluster: str, mail: int) -> HttpResponse:
    """A mail with what can be done with it; one that is filed leads to its talk."""
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    if request.method == "POST":
        access.may_keep_people(seats, own.pk).require()
    row = _mail(request, own, mail)
    if row.interaction_id:
        return redirect("members:interaction_change", own.key, row.interaction_id)
    guesses = suggestions(row, team_addresses(own.pk, timezone.localdate()))
    is_filing = request.method == "POST" and request.POST.get("do") not in {"dismiss", "back"}
    data = request.POST if is_filing else None
    form = FilingForm(data, cluster=own.pk, suggestions=guesses)
    if request.method == "POST":
        if not is_filing:
            return _set_aside(request, own, row)
        if saved(form, lambda: _file(request, row, form, guesses)):
            messages.success(request, _("It is on the timeline."))
            return _following(own)
    context = {
        "cluster": own,
        "mail": row,
        "passages": passages(row.text),
        "form": form,
        "may_keep": access.may_keep_people(seats, own.pk),
        "fades_on": (row.settled_at or timezone.now()) + filing.FADES_AFTER,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "members/mail_read.html", context, status=status)


def _mail(request: HttpRequest, own: Cluster, mail: int) -> IncomingMail:
    """Held while it is changed, so that two people file it once."""
    rows = IncomingMail.objects.filter(cluster=own)
    if request.method == "POST":
        rows = rows.select_for_update(of=("self",))
    return get_object_or_404(rows.select_related("cluster"), pk=mail)


def _set_aside(request: HttpRequest, own: Cluster, row: IncomingMail) -> HttpResponse:
    seats = seats_of(request)
    if request.POST["do"] == "back":
        filing.take_back_mail(seats=seats, mail=row)
        messages.success(request, _("The mail waits in the tray again."))
    else:
        filing.dismiss_mail(seats=seats, mail=row)
        messages.success(request, _("The mail was dismissed; you find it there for thirty days."))
    return _following(own)


def _following(own: Cluster) -> HttpResponse:
    """The next mail that waits, so that a full tray is gone through without the list."""
    waiting = IncomingMail.objects.filter(cluster=own).waiting().order_by("-pk").first()
    if waiting is None:
        return redirect("members:mail_list", own.key)
    return redirect("members:mail_read", own.key, waiting.pk)


def _file(
    request: HttpRequest, row: IncomingMail, form: FilingForm, guesses: list[Suggestion]
) -> None:
    seats, typed = seats_of(request), form.cleaned_data
    organisation = None
    if typed["organisation"]:
        organisation = organisation_chosen(seats=seats, chosen=typed["organisation"])
    if form.contact or organisation:
        party = actions.Party(organisation, form.contact)
    else:
        party = next(each.party for each in guesses if each.value == typed["suggestion"])
    remembers = typed["remembers"]
    filing.file_mail(seats=seats, mail=row, parties=[party], remembers=remembers)


@require_http_methods(READ_OR_SEND)
def mail_contact(request: HttpRequest, cluster: str, mail: int) -> HttpResponse:
    """A new contact out of the sender, who then has the mail on the timeline."""
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    access.may_keep_people(seats, own.pk).require()
    row = _mail(request, own, mail)
    if row.interaction_id:
        return redirect("members:interaction_change", own.key, row.interaction_id)
    about = asked_about(request, own)
    first, _space, last = row.sender_name.partition(" ")
    initial = {"first_name": first, "last_name": last, "email": row.sender}
    form = ContactForm(request.POST or None)
    form.initial.update(initial)

    def save() -> None:
        filing.file_with_new_contact(
            seats=seats, mail=row, facts=form.new(), organisation=about.organisation
        )

    if request.method == "POST" and saved(form, save):
        messages.success(request, _("The contact was added, and the mail is on the timeline."))
        return _following(own)
    title, lead = _("A new contact out of this mail"), row.subject
    return edit_page(request, form, about, title=title, submit=_("Add"), lead=lead)


@require_POST
def mail_drop(request: HttpRequest, cluster: str) -> HttpResponse:
    """Files of mails, dropped on the tray or on the timeline of a member or contact."""
    own = own_cluster(request, cluster)
    access.may_keep_people(seats_of(request), own.pk).require()
    about = asked_about(request, own)
    files = request.FILES.getlist("mails")
    if not files:
        messages.error(request, _("Choose one or more mails that were saved as a file (.eml)."))
    for file in files[:MOST_FILES]:
        _drop(request, about, file)
    if len(files) > MOST_FILES:
        messages.warning(request, _("Fifty mails go at a time; drop the others again."))
    tray = reverse("members:mail_list", args=[own.key])
    is_on_file = about.organisation or about.contact
    return redirect(back_to(request, about.address if is_on_file else tray))


def _drop(request: HttpRequest, about: About, file: UploadedFile[Any]) -> None:
    seats, name = seats_of(request), file.name or ""
    given = None
    if about.organisation or about.contact:
        given = actions.Party(about.organisation, about.contact)
    try:
        read = read_mail(_bytes(file, name), timezone.now())
        _require_mail(read, name)
        mail = take_in(
            seats=seats,
            cluster=about.cluster,
            arrival=Arrival(read, MailWay.DROPPED, seats.actor, given),
        )
    except DomainError as error:
        messages.error(request, str(error))
        return
    _tell(request, mail)


def _require_mail(read: ReadMail, name: str) -> None:
    if not read.sender.email and not read.subject:
        message = _("“%(file)s” is no mail. Save the mail as a file (.eml) and drop that.")
        raise DomainError(message % {"file": name[:100]})


def _bytes(file: UploadedFile[Any], name: str) -> bytes:
    content: bytes = file.read(MOST_BYTES + 1)
    if content.startswith(OUTLOOK):
        message = _(
            "“%(file)s” is a file of Outlook itself (.msg). Forward the mail to the address of the"
            " team, or save it as .eml."
        )
        raise DomainError(message % {"file": name[:100]})
    return content


def _tell(request: HttpRequest, mail: IncomingMail) -> None:
    told = {"subject": mail.subject or mail.sender}
    if mail.state == MailState.FILED:
        messages.success(request, _("“%(subject)s” is on the timeline.") % told)
    elif mail.state == MailState.DISMISSED:
        messages.info(request, _("“%(subject)s” was dismissed before.") % told)
    else:
        messages.info(request, _("“%(subject)s” waits in the tray: say whose it is.") % told)


@require_GET
def mail_file(request: HttpRequest, cluster: str, attachment: int) -> HttpResponse:
    """The bytes of a file, always as a download, never opened inside our pages."""
    own = own_cluster(request, cluster)
    file = get_object_or_404(MailAttachment, cluster=own, pk=attachment)
    if file.content is None:
        raise Http404
    response = HttpResponse(bytes(file.content), content_type=file.media_type)
    disposition = content_disposition_header(as_attachment=True, filename=file.name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(READ_OR_SEND)
def mail_address(request: HttpRequest, cluster: str) -> HttpResponse:
    """The address of the team; posting makes a new one, after which the old one takes no mail."""
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    if request.method == "POST":
        try:
            addresses.renew_address(seats=seats, cluster=own, now=timezone.now())
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The team has a new address."))
        return redirect("members:mail_address", own.key)
    address = addresses.address_in_use(own.pk)
    context = {
        "cluster": own,
        "address": address,
        "shown": addresses.shown(address) if address else "",
        "is_configured": addresses.is_configured(),
        "may_renew": access.may_keep_members(seats, own.pk),
    }
    return render(request, "members/mail_address.html", context)
