"""Renewing many memberships with a preview, and promises of those that go on by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from clusterwerk.clusters.models import Cluster
from clusterwerk.members import actions
from clusterwerk.members.actions import Promise, Renewal
from clusterwerk.members.forms.changing import NextYearForm, RenewalChoice, RenewForm
from clusterwerk.members.forms.renewing import Line, filled_lines, sent_lines
from clusterwerk.members.models import Membership, MembershipCategory
from clusterwerk.members.queries.renewing import (
    MOST,
    ending,
    going_on,
    going_on_anyway,
    next_year,
    unpromised,
)
from clusterwerk.members.views.keeping import form_page, kept_cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.ui.templatetags.ui import count
from clusterwerk.programme.queries import term_of_cluster

SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Preview:
    """Those that end, and those that go on anyway with the working year to promise for."""

    ending: Sequence[Line]
    lasting: Sequence[Line]
    year: int | None

    @property
    def lines(self) -> list[Line]:
        return [*self.ending, *self.lasting]


@require_http_methods(["GET", "HEAD", "POST"])
def renewals(request: HttpRequest, cluster: str) -> HttpResponse:
    """Each with its new end and amount; posting does what is ticked, all of it or nothing."""
    own = kept_cluster(request, cluster)
    if request.method == "POST":
        return _done(request, own)
    form = _choice(own, request.GET if "ends_by" in request.GET else None)
    category, ends_by = None, timezone.localdate() + SOON
    if form.is_bound and form.is_valid():
        category, ends_by = form.cleaned_data["category"], form.cleaned_data["ends_by"]
    chosen = category.pk if category else None
    return _page(request, own, form, _proposed(own, ends_by, chosen))


def _choice(own: Cluster, asked: QueryDict | None) -> RenewalChoice:
    categories = MembershipCategory.objects.filter(cluster=own)
    return RenewalChoice(
        asked, initial={"ends_by": timezone.localdate() + SOON}, categories=categories
    )


def _proposed(own: Cluster, ends_by: date, category: int | None) -> Preview:
    term = term_of_cluster(own.pk)
    lines = filled_lines(going_on(own.pk, ending(own.pk, ends_by, category), term))
    following = next_year(term)
    if following is None:
        return Preview(lines, [], None)
    year, first = following
    members = unpromised(own.pk, year, category)
    lasting = going_on_anyway(own.pk, members, first, term)
    return Preview(lines, filled_lines(lasting), year)


def _done(request: HttpRequest, own: Cluster) -> HttpResponse:
    sent = _sent(own, request.POST)
    ticked = [line for line in sent.lines if line.is_ticked]
    if not ticked:
        return _refused(request, own, sent, _("Nobody is ticked."))
    wrong = sum(not line.is_valid() for line in ticked)
    if wrong:
        message = ngettext(
            "Nothing was renewed: %(number)s line could not be read. It is marked below.",
            "Nothing was renewed: %(number)s lines could not be read. They are marked below.",
            wrong,
        )
        return _refused(request, own, sent, message % {"number": count(wrong)})
    try:
        done = actions.renew_and_promise(
            seats=seats_of(request),
            cluster=own,
            renewals=[_renewal(line) for line in sent.ending if line.is_ticked],
            promises=_promises(sent),
        )
    except DomainError as error:
        return _refused(request, own, sent, _("Nothing was renewed. %(why)s") % {"why": error})
    told = ngettext("%(number)s membership goes on.", "%(number)s memberships go on.", done)
    messages.success(request, told % {"number": count(done)})
    return redirect("members:renewals", own.key)


def _sent(own: Cluster, data: QueryDict) -> Preview:
    """The lines of the page that was sent, with what was typed, ticked or not."""
    ending, lasting = _numbers(data.getlist("ending")), _numbers(data.getlist("lasting"))
    rows = Membership.objects.filter(cluster=own, pk__in=[*ending, *lasting])
    known = rows.select_related("organisation", "category").in_bulk()
    ticked = set(_numbers(data.getlist("renew")))
    with_end = [known[pk] for pk in ending if pk in known and known[pk].period.upper]
    without = [known[pk] for pk in lasting if pk in known and not known[pk].period.upper]
    term = term_of_cluster(own.pk)
    lines = sent_lines(going_on(own.pk, with_end, term), RenewForm, data, ticked)
    following = next_year(term)
    if following is None:
        return Preview(lines, [], None)
    year, first = following
    more = going_on_anyway(own.pk, without, first, term)
    return Preview(lines, sent_lines(more, NextYearForm, data, ticked), year)


def _numbers(texts: Sequence[str]) -> list[int]:
    return [int(text) for text in texts if text.isdecimal() and len(text) < 19]  # noqa: PLR2004 - digits of a key


def _renewal(line: Line) -> Renewal:
    return Renewal(
        membership=line.membership.pk,
        seen_end=line.read["seen_end"],
        until=line.read["until"],
        working_year=line.proposal.proposed.working_year,
        amount=line.read["amount"],
    )


def _promises(sent: Preview) -> list[Promise]:
    found = [(line.membership, line.read["amount"]) for line in sent.lasting if line.is_ticked]
    return [
        Promise(membership=membership, working_year=sent.year or 0, amount=amount)
        for membership, amount in found
        if amount is not None
    ]


def _refused(request: HttpRequest, own: Cluster, sent: Preview, why: str) -> HttpResponse:
    """The same page with everything that was typed; the ends are those of now."""
    form = _choice(own, None)
    for line in sent.ending:
        if isinstance(line.form, RenewForm):
            line.form.now_ends(line.membership.period.upper)
    return _page(request, own, form, sent, why=why)


def _page(
    request: HttpRequest, own: Cluster, form: RenewalChoice, preview: Preview, why: str = ""
) -> HttpResponse:
    amounts = [line.proposal.proposed.amount or Decimal(0) for line in preview.lines]
    context = {
        "cluster": own,
        "form": form,
        "preview": preview,
        "why": why,
        "total": sum(amounts, Decimal(0)),
        "most": MOST,
        "is_more": MOST in (len(preview.ending), len(preview.lasting)),
    }
    answer = form_page(request, "members/renewals.html", context, form)
    if why:
        answer.status_code = 422
    return answer
