"""What a page or form of this room is about: a cluster, and an organisation or contact."""

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.duplicates.moving import check_keys
from clusterwerk.directory.models import Organisation
from clusterwerk.members.actions import KnownAddressError
from clusterwerk.members.models import Contact
from clusterwerk.members.queries.people import contacts_at, contacts_now, membership_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.ui.editing import EditingForm

CSRF = "csrfmiddlewaretoken"
NOT_TYPED = {CSRF, "seen", "once", "back", "organisation", "contact", "delete"}
ONCE_KEPT = 24 * 60 * 60  # seconds in which a form that is sent again is known


ONCE = re.compile(r"[\w-]{16}", re.ASCII)


@dataclass(frozen=True, slots=True)
class About:
    """The cluster, and whom something is about; at least one of organisation and contact."""

    cluster: Cluster
    organisation: Organisation | None = None
    contact: Contact | None = None

    @property
    def name(self) -> str:
        return str(self.organisation or self.contact or self.cluster.name)

    @property
    def address(self) -> str:
        """The file of the member, else the page of the contact."""
        return file_of(self.cluster, self.organisation, self.contact)

    @property
    def contacts(self) -> QuerySet[Contact]:
        """Whom a talk can have been with, to choose from in a form."""
        if self.organisation is not None:
            return contacts_at(self.cluster.pk, self.organisation.pk, timezone.localdate())
        own = self.contact.pk if self.contact else 0
        return Contact.objects.filter(cluster=self.cluster, pk=own)

    @property
    def people(self) -> list[Contact]:
        """The same, to show them."""
        if self.organisation is not None:
            return contacts_now(self.cluster.pk, self.organisation.pk, timezone.localdate())
        return [self.contact] if self.contact else []


def asked_about(request: HttpRequest, cluster: Cluster) -> About:
    """As the address or the form says; 404 for what this cluster does not have.

    What another own cluster typed in is not here either: whoever works for two sees it, and no row
    of this one may name it. An organisation that was merged leads to the one that stays.
    """
    asked = request.POST if request.method == "POST" else request.GET
    here = Organisation.objects.filter(Q(cluster_id=None) | Q(cluster_id=cluster.pk))
    organisation = _row(here.select_related("merged_into"), asked.get("organisation", ""))
    if organisation is not None and organisation.merged_into:
        organisation = organisation.merged_into
    contact = _row(Contact.objects.filter(cluster=cluster), asked.get("contact", ""))
    return About(cluster, organisation, contact)


def _row(rows: QuerySet[Any], key: str) -> Any:  # noqa: ANN401 - a row of the set
    if not key:
        return None
    if not key.isdecimal() or len(key) > 18:  # noqa: PLR2004 - digits of a number of a row
        raise Http404
    return get_object_or_404(rows, pk=key)


def file_of(
    cluster: Cluster, organisation: Organisation | None, contact: Contact | None = None
) -> str:
    """Where what was written can be seen again."""
    if organisation is not None:
        found = membership_of(cluster.pk, [organisation.pk]).get(organisation.pk)
        if found:
            return reverse("members:membership_detail", args=[cluster.key, found])
    if contact is not None:
        return reverse("members:contact_detail", args=[cluster.key, contact.pk])
    return reverse("members:membership_list", args=[cluster.key])


def back_to(request: HttpRequest, otherwise: str) -> str:
    """Where the form said it came from, when that is a page of ours."""
    asked = request.POST.get("back", "") or request.GET.get("back", "")
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours else otherwise


class GoneError(Http404):
    """What somebody saves is not there: taken away meanwhile, or never of this cluster.

    `now_at` is the address of the row into which it was merged.
    """

    def __init__(self, now_at: str = "") -> None:
        self.now_at = now_at
        super().__init__()


def locked(rows: QuerySet[Any], request: HttpRequest, pk: int) -> Any:  # noqa: ANN401 - a row of the set
    """The row; held until the answer when it is to be changed, so that what is compared stays."""
    if request.method != "POST":
        return get_object_or_404(rows, pk=pk)
    found = rows.select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        raise GoneError
    return found


def tells_gone(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer who saves a row that is gone with a page that keeps what was typed."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except GoneError as gone:
            typed = [
                (name, "\n".join(values))
                for name, values in request.POST.lists()
                if name not in NOT_TYPED and any(values)
            ]
            status = HTTPStatus.NOT_FOUND
            context = {"typed": typed, "now_at": gone.now_at}
            return render(request, "members/row_gone.html", context, status=status)

    return answer


def saved(form: forms.Form, save: Callable[[], Any]) -> bool:
    """Save what is valid, whole or not at all; a refusal becomes the error of the form.

    `made_of` tells which row was made, when `save` returns it.
    """
    if not form.is_valid():
        return False
    try:
        with transaction.atomic():
            once = _once_of(form)
            if once is None or cache.add(once, 0, ONCE_KEPT):
                _keep_made(form, once, save())
            else:
                form.made = cache.get(once)  # type: ignore[attr-defined] # by the first of two
    except DomainError as error:
        if isinstance(error, KnownAddressError):
            form.known = error.contact  # type: ignore[attr-defined] # the page leads there
        form.add_error(None, str(error))
        return False
    return True


def _keep_made(form: forms.Form, once: str | None, made: Any) -> None:  # noqa: ANN401 - what was saved
    """What it refers to must still stand, and then stays until the answer is given."""
    check_keys(
        _("Somebody merged or took away what this is about in the same moment. Open it again.")
    )
    if isinstance(made, Model):
        form.made = made.pk  # type: ignore[attr-defined]
        if once is not None:
            cache.set(once, made.pk, ONCE_KEPT)


def made_of(form: forms.Form) -> int | None:
    """The number of the row that this form made, or the same form before it; none if unknown."""
    return getattr(form, "made", None) or None


def was_saved(form: forms.Form) -> bool:
    """Whether the same form was saved before: the second of two clicks."""
    once = _once_of(form)
    return once is not None and cache.get(once) is not None


def new_once() -> str:
    """What a form that adds something carries, so that two clicks add it once."""
    return secrets.token_urlsafe(12)


def _once_of(form: forms.Form) -> str | None:
    """Under what it is kept that this form was saved; of two at once the second waits for it.

    Kept in the transaction that saves, so that what is refused or lost may be sent again. Another
    text in the same form, on the way back in the browser, is something new.
    """
    sent: Any = form.data
    if not ONCE.fullmatch(sent.get("once", "")):
        return None
    typed = sorted((name, sent.getlist(name)) for name in sent if name != CSRF)
    return f"once:{hashlib.sha256(repr(typed).encode()).hexdigest()}"


def say_saved(request: HttpRequest, form: forms.Form, told: str) -> None:
    """With the names of the fields that somebody else changed meanwhile and that were kept."""
    messages.success(request, told)
    taken = form.taken_over if isinstance(form, EditingForm) else ()
    if taken:
        message = ngettext(
            "Somebody else changed %(fields)s meanwhile; that was kept.",
            "Somebody else changed %(fields)s meanwhile; those were kept.",
            len(taken),
        )
        messages.info(request, message % {"fields": ", ".join(taken)})


def edit_page(
    request: HttpRequest,
    form: forms.Form,
    about: About,
    *,
    title: str,
    submit: str = "",
    lead: str = "",
    remove: str = "",
    row: Model | None = None,
) -> HttpResponse:
    """The page of a form; what does not fit comes back with everything that was typed."""
    context = {
        "form": form,
        "about": about,
        "cluster": about.cluster,
        "title": title,
        "lead": lead,
        "submit": submit or _("Save"),
        "remove": remove,
        "row": row,
        "once": "" if row else request.POST.get("once") or new_once(),
        "back": back_to(request, about.address),
        "known": getattr(form, "known", None),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "members/edit.html", context, status=status)


def go_back(request: HttpRequest, about: About) -> HttpResponse:
    return redirect(back_to(request, about.address))
