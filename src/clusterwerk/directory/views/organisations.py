"""Organisations: searched, looked at, typed in, corrected, matched and published."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clusterwerk.directory import access, identifiers
from clusterwerk.directory.actions import (
    correct_organisation,
    organisation_chosen,
    publish_organisation,
    type_in_organisation,
)
from clusterwerk.directory.actions.matching import match_organisation
from clusterwerk.directory.countries import country_name
from clusterwerk.directory.duplicates import Known, similar_to
from clusterwerk.directory.forms.organisations import (
    CorrectForm,
    MatchForm,
    TypeInForm,
    typed_before,
)
from clusterwerk.directory.forms.picking import OrganisationField
from clusterwerk.directory.models import IdentifierScheme, Organisation
from clusterwerk.directory.queries import Found, find_organisations, found_of, sectors_of
from clusterwerk.directory.relations import OwnCluster, own_clusters, relations
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError

UNPROCESSABLE = 422
MOST = 20
CANDIDATES = 5


@require_safe
def organisation_find(request: HttpRequest) -> HttpResponse:
    """Search of the whole directory; one of the register is taken over when it is opened."""
    seats = seats_of(request)
    access.may_register(seats).require()
    typed = request.GET.get("find", "").replace("\0", "")[:200]
    clusters = own_clusters(seats)
    cluster = clusters[0].number if len(clusters) == 1 else None
    found = find_organisations(typed, limit=MOST, cluster=cluster)
    context = {
        "typed": typed,
        "found": found,
        "wrong": "" if found else identifiers.why_no_number(typed),
        "may_type_in": _writable(seats),
    }
    return render(request, "directory/organisation_find.html", context)


@require_safe
def organisation_detail(request: HttpRequest, organisation: int) -> HttpResponse:
    seats = seats_of(request)
    row = _organisation(organisation)
    if row.merged_into_id:
        return redirect("directory:organisation_detail", row.merged_into_id)
    context = {
        "organisation": row,
        "country": country_name(row.country) if row.country != "BE" else "",
        "numbers": _numbers(row),
        "names": [each.value for each in row.identifiers.all() if _is_name(each.scheme)],
        "related": _related(seats, row),
        "activities": sectors_of(row.pk),
        "may_correct": access.may_correct(seats, row.cluster_id),
        "may_publish": access.may_publish(seats, row.cluster_id),
    }
    return render(request, "directory/organisation_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_add(request: HttpRequest) -> HttpResponse:
    """Type one in. Before it is kept, those that may be the same are shown."""
    seats = seats_of(request)
    clusters = _writable(seats)
    if not clusters:
        raise PermissionDenied(str(access.may_type_in(seats, None).reason))
    asked = request.POST or None
    initial = typed_before(request.GET.get("name", "")[:200])
    form = TypeInForm(asked, clusters=clusters, initial=initial)
    candidates: list[Found] = []
    if request.method == "POST" and "choose" in request.POST:
        return _chosen(request, request.POST["choose"])
    if request.method == "POST" and form.is_valid():
        if not form.cleaned_data["is_another"]:
            candidates = _candidates(form)
        if not candidates:
            made = _typed_in(seats, form)
            if made:
                messages.success(request, _("It is written down; only your cluster sees it."))
                return _back(request, f"o{made.pk}")
    context = {"form": form, "candidates": candidates, "next": _next(request)}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "directory/organisation_add.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_correct(request: HttpRequest, organisation: int) -> HttpResponse:
    seats = seats_of(request)
    row = _organisation(organisation)
    access.may_correct(seats, row.cluster_id).require()
    with transaction.atomic():
        form = CorrectForm(request.POST or None, organisation=row)
        if request.method == "POST" and form.is_valid() and _corrected(seats, row, form):
            return redirect("directory:organisation_detail", row.pk)
    status = UNPROCESSABLE if form.is_bound else 200
    context = {"form": form, "organisation": row}
    return render(request, "directory/organisation_correct.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_publish(request: HttpRequest, organisation: int) -> HttpResponse:
    seats = seats_of(request)
    row = _private(organisation)
    access.may_publish(seats, row.cluster_id).require()
    problem = ""
    if request.method == "POST":
        try:
            publish_organisation(seats=seats, organisation=row)
        except DomainError as error:
            problem = str(error)
        else:
            messages.success(request, _("Everybody sees it now."))
            return redirect("directory:organisation_detail", row.pk)
    alike = _alike(row, row.cluster_id) if request.method != "POST" or problem else []
    context = {"organisation": row, "problem": problem, "candidates": alike}
    status = UNPROCESSABLE if problem else 200
    return render(request, "directory/organisation_publish.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_match(request: HttpRequest, organisation: int) -> HttpResponse:
    seats = seats_of(request)
    row = _private(organisation)
    access.may_publish(seats, row.cluster_id).require()
    form = MatchForm(request.POST or None, initial={"organisation": request.GET.get("chosen", "")})
    field = form.fields["organisation"]
    assert isinstance(field, OrganisationField)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["organisation"]
        try:
            keeping = match_organisation(seats=seats, organisation=row, chosen=chosen)
        except DomainError as error:
            form.add_error("organisation", str(error))
        else:
            messages.success(request, _("All that you wrote of it stands with this one now."))
            return redirect("directory:organisation_detail", keeping.pk)
    status = UNPROCESSABLE if form.is_bound else 200
    context = {"form": form, "organisation": row, "candidates": _alike(row, row.cluster_id)}
    return render(request, "directory/organisation_match.html", context, status=status)


def _organisation(number: int) -> Organisation:
    rows = Organisation.objects.select_related("place").prefetch_related("identifiers")
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404(_("There is no such organisation."))
    return found


def _private(number: int) -> Organisation:
    found = _organisation(number)
    if not found.is_private or found.merged_into_id:
        raise Http404(_("This organisation is in the shared directory already."))
    return found


def _writable(seats: Seats) -> list[OwnCluster]:
    return [own for own in own_clusters(seats) if access.may_type_in(seats, own.number)]


def _is_name(scheme: str) -> bool:
    return scheme == IdentifierScheme.SOURCE_NAME


def _numbers(row: Organisation) -> list[dict[str, str]]:
    return [
        {
            "register": str(IdentifierScheme(each.scheme).label),
            "value": identifiers.shown_as(each.scheme, each.value),
            "page": "" if row.is_demo else identifiers.public_page(each.scheme, each.value),
        }
        for each in row.identifiers.all()
        if not _is_name(each.scheme)
    ]


def _related(seats: Seats, row: Organisation) -> list[dict[str, Any]]:
    """What it is to each own cluster; own clusters to which it is nothing are named too."""
    return [
        {"cluster": own, "relations": relations(own.number, [row.pk]).get(row.pk, [])}
        for own in own_clusters(seats)
    ]


def _candidates(form: TypeInForm) -> list[Found]:
    typed = form.cleaned_data
    known = Known(
        key=0,
        name=typed["name"],
        numbers=frozenset((str(scheme), value) for scheme, value in form.numbers().items()),
        website=typed["website"],
        postcode=typed["postcode"],
        place=typed["municipality"],
        street=typed["street"],
        country=typed["country"],
    )
    return _most_alike(known, typed["cluster"])


def _alike(row: Organisation, cluster: int | None) -> list[Found]:
    known = Known(
        key=row.pk,
        name=row.name,
        numbers=frozenset((each.scheme, each.value) for each in row.identifiers.all()),
        website=row.website,
        postcode=row.postcode,
        country=row.country,
    )
    return [each for each in _most_alike(known, cluster) if each.organisation != row.pk]


def _most_alike(known: Known, cluster: int | None) -> list[Found]:
    """Of the directory by all that is known, of the register by the whole name."""
    alike = [each.organisation.pk for each in similar_to(known, cluster=cluster, most=CANDIDATES)]
    found = found_of(alike)
    names = find_organisations(known.name, limit=CANDIDATES, cluster=cluster)
    return [*found, *(each for each in names if each.organisation not in alike)][:CANDIDATES]


def _typed_in(seats: Seats, form: TypeInForm) -> Organisation | None:
    try:
        return type_in_organisation(
            seats=seats, cluster=form.cleaned_data["cluster"], new=form.new()
        )
    except DomainError as error:
        form.add_error(None, str(error))
        return None


def _corrected(seats: Seats, row: Organisation, form: CorrectForm) -> bool:
    try:
        correct_organisation(seats=seats, organisation=row, facts=form.facts())
    except DomainError as error:
        form.add_error(None, str(error))
        return False
    return True


def _chosen(request: HttpRequest, chosen: str) -> HttpResponse:
    try:
        found = organisation_chosen(seats=seats_of(request), chosen=chosen)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("directory:organisation_add")
    return _back(request, f"o{found.pk}")


def _next(request: HttpRequest) -> str:
    """The form from which somebody came to type one in; only a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, None)
    return wanted if is_ours else ""


def _back(request: HttpRequest, chosen: str) -> HttpResponse:
    """To that form with the organisation chosen, else to the page of the organisation."""
    wanted = _next(request)
    if not wanted:
        return redirect(reverse("directory:organisation_detail", args=[chosen[1:]]))
    return redirect(f"{wanted}{'&' if '?' in wanted else '?'}organisation={chosen}")
