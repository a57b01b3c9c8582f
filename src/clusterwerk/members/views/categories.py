"""Categories of membership with what they cost and what they give."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clusterwerk.clusters.models import Cluster
from clusterwerk.measure.capacity import KindOfWork
from clusterwerk.members import access, actions
from clusterwerk.members.forms.categories import KEYS, CategoryForm, RuleForm, ServiceForm
from clusterwerk.members.models import (
    KIND_OF_WORK_NAMES,
    ContributionRule,
    Membership,
    MembershipCategory,
    RuleKind,
    Service,
)
from clusterwerk.members.queries.proposals import held, rate_name, rules_on
from clusterwerk.members.views.about import locked, say_saved, tells_gone
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.members.views.keeping import form_page, kept_cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A rule in words: when, by what, and its amounts."""

    rule: ContributionRule
    held: str
    rates: list[tuple[str, Any]]


@require_http_methods(["GET", "HEAD", "POST"])
def category_list(request: HttpRequest, cluster: str) -> HttpResponse:
    """Posting moves one up or down."""
    if request.method == "POST":
        own = kept_cluster(request, cluster)
        category = _category(own, request.POST.get("category", ""))
        actions.move_category(
            seats=seats_of(request), category=category, up=request.POST.get("way") == "up"
        )
        return redirect("members:category_list", own.key)
    own = own_cluster(request, cluster)
    context = {
        "cluster": own,
        "rows": _rows(own),
        "may_keep": access.may_keep_members(seats_of(request), own.pk).allowed,
    }
    return render(request, "members/category_list.html", context)


def _rows(own: Cluster) -> list[dict[str, Any]]:
    today = timezone.localdate()
    rules = rules_on(own.pk, today)
    members = dict(
        Membership.objects.filter(cluster=own)
        .on(today)
        .values_list("category")
        .annotate(number=Count("pk"))
    )
    rows = MembershipCategory.objects.filter(cluster=own).annotate(
        offered=Count("services", filter=Q(services__is_included=True))
    )
    return [
        {
            "category": row,
            "members": members.get(row.pk, 0),
            "rule": _shown(rules[row.pk]) if row.pk in rules else None,
            "services": row.offered,
        }
        for row in rows
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def category_add(request: HttpRequest, cluster: str) -> HttpResponse:
    own = kept_cluster(request, cluster)
    form = CategoryForm(request.POST or None, present={})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_category(seats=seats_of(request), cluster=own, facts=form.facts())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The category is there. Say now what it costs."))
            return redirect("members:category_edit", own.key, made.pk)
    return form_page(request, "members/category_add.html", {"cluster": own, "form": form}, form)


@require_http_methods(["GET", "HEAD", "POST"])
@tells_gone
def category_edit(request: HttpRequest, cluster: str, category: int) -> HttpResponse:
    """Posting changes name, description and whether it is offered."""
    own = kept_cluster(request, cluster)
    found = locked(MembershipCategory.objects.filter(cluster=own), request, category)
    form = CategoryForm(request.POST or None, present=_facts(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_category_facts(
                seats=seats_of(request), category=found, facts=form.facts()
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            say_saved(request, form, _("The category is kept."))
            return redirect("members:category_edit", own.key, found.pk)
    return _page(request, own, found, form=form)


@require_POST
@tells_gone
def rule_set(request: HttpRequest, cluster: str, category: int) -> HttpResponse:
    own = kept_cluster(request, cluster)
    found = locked(MembershipCategory.objects.filter(cluster=own), request, category)
    kind = _kind(request.POST.get("kind", ""))
    form = RuleForm(request.POST, kind=kind, present=_rule_facts(_rule_today(found), kind))
    if form.is_valid():
        try:
            rule = actions.set_rule(seats=seats_of(request), category=found, new=form.new_rule())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            told = _("The rule holds %(when)s. Promises already made stay as they are.")
            say_saved(request, form, told % {"when": held(rule)})
            return redirect("members:category_edit", own.key, found.pk)
    return _page(request, own, found, rule_form=form)


@require_POST
@tells_gone
def service_keep(request: HttpRequest, cluster: str, category: int) -> HttpResponse:
    """Another service, or other words for the one that the form names."""
    own = kept_cluster(request, cluster)
    found = _category(own, str(category))
    asked = request.POST.get("service", "")
    service = locked(found.services.all(), request, _number(asked)) if asked else None
    form = ServiceForm(request.POST, present=_service_facts(service))
    if form.is_valid():
        try:
            _keep_service(request, found, service, form)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            say_saved(request, form, _("The service is kept."))
            return redirect("members:category_edit", own.key, found.pk)
    return _page(request, own, found, service_form=form, service=service)


def _keep_service(
    request: HttpRequest, category: MembershipCategory, service: Service | None, form: ServiceForm
) -> None:
    seats, facts = seats_of(request), form.facts()
    if service:
        actions.change_service(seats=seats, service=service, facts=facts)
    else:
        actions.add_service(seats=seats, category=category, facts=facts)


@require_POST
def service_drop(request: HttpRequest, cluster: str, category: int, service: int) -> HttpResponse:
    """A second click finds it gone, which is what was asked."""
    own = kept_cluster(request, cluster)
    found = _category(own, str(category))
    kept = _service(found, str(service))
    if kept:
        actions.drop_service(seats=seats_of(request), service=kept)
        messages.success(request, _("%(name)s is not offered any more.") % {"name": kept.name})
    return redirect("members:category_edit", own.key, found.pk)


def _page(
    request: HttpRequest,
    own: Cluster,
    category: MembershipCategory,
    *,
    form: CategoryForm | None = None,
    rule_form: RuleForm | None = None,
    service_form: ServiceForm | None = None,
    service: Service | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    asked = service or _service(category, request.GET.get("service", ""))
    shown = form or CategoryForm(present=_facts(category))
    rule = rule_form or _rule_form(request, category)
    offer = service_form or ServiceForm(present=_service_facts(asked))
    rules = category.contribution_rules.prefetch_related("rates").order_by("-period")
    context = {
        "cluster": own,
        "category": category,
        "form": shown,
        "rules": [_shown(each) for each in rules],
        "rule_form": rule,
        "kinds": RuleKind.choices,
        "services": category.services.all(),
        "service_form": offer,
        "service": asked,
        "work_names": {kind.value: name for kind, name in KIND_OF_WORK_NAMES.items()},
        "work_default": KindOfWork.MATCHMAKING.value,
        "members": Membership.objects.filter(cluster=own, category=category).on(today).count(),
        "today": today,
    }
    return form_page(request, "members/category_edit.html", context, shown, rule, offer)


def _rule_form(request: HttpRequest, category: MembershipCategory) -> RuleForm:
    today = timezone.localdate()
    now = _rule_today(category)
    kind = _kind(request.GET.get("kind") or (now.kind if now else ""))
    return RuleForm(kind=kind, present=_rule_facts(now, kind), initial={"first_day": today})


def _rule_today(category: MembershipCategory) -> ContributionRule | None:
    return rules_on(category.cluster_id, timezone.localdate()).get(category.pk)


def _rule_facts(rule: ContributionRule | None, kind: RuleKind) -> dict[str, Any]:
    """Every amount the form asks, empty where the rule has none or differs by something else."""
    facts: dict[str, Any] = {f"amount_{key or 'everybody'}": None for key in KEYS[kind]}
    if rule is None:
        return facts
    facts["first_year_percent"] = rule.first_year_percent
    if rule.kind == kind:
        facts |= {
            f"amount_{rate.applies_to or 'everybody'}": rate.amount for rate in rule.rates.all()
        }
    return facts


def _shown(rule: ContributionRule) -> ShownRule:
    rates = [(rate_name(rule.kind, rate.applies_to), rate.amount) for rate in rule.rates.all()]
    return ShownRule(rule, held(rule), rates)


def _kind(text: str) -> RuleKind:
    return RuleKind(text) if text in RuleKind.values else RuleKind.FIXED


def _category(own: Cluster, text: str) -> MembershipCategory:
    rows = MembershipCategory.objects.filter(cluster=own)
    return get_object_or_404(rows, pk=_number(text))


def _service(category: MembershipCategory, text: str) -> Service | None:
    return category.services.filter(pk=_number(text)).first()


def _number(text: str) -> int:
    """A key as an address or a form gives it; 0, which is nobody's, for anything else."""
    return int(text) if text.isdecimal() and len(text) < 19 else 0  # noqa: PLR2004 - digits of a key


def _facts(category: MembershipCategory) -> dict[str, Any]:
    return {
        "name": category.name,
        "description": category.description,
        "is_offered": category.is_offered,
    }


def _service_facts(service: Service | None) -> dict[str, Any]:
    if service is None:
        return {}
    names = ("name", "kind_of_work", "hours_per_member_year", "is_included")
    return {name: getattr(service, name) for name in names}
