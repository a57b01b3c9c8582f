"""Every change to schemes, calls, agreements and targets; the agency makes them."""

from datetime import date
from decimal import Decimal
from typing import Any

from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.rows import changed, created
from clusterwerk.programme import access
from clusterwerk.programme.models import Agreement, Call, Scheme, Target


def adopt_scheme(*, seats: Seats, agency: Agency, key: str, version: str) -> tuple[Scheme, bool]:
    """Let the agency work with a version of a scheme; returns it and whether it is new."""
    access.may_run_programme(seats, agency.pk).require()
    kept = Scheme.objects.filter(agency=agency, key=key, version=version).first()
    if kept:
        return kept, False
    return created(Scheme(agency=agency, key=key, version=version)), True


def announce_call(*, seats: Seats, scheme: Scheme, number: int) -> tuple[Call, bool]:
    """A call under the scheme; returns it and whether it is new."""
    access.may_run_programme(seats, scheme.agency_id).require()
    kept = Call.objects.filter(scheme=scheme, number=number).first()
    if kept:
        return kept, False
    return created(Call(agency_id=scheme.agency_id, scheme=scheme, number=number)), True


def record_agreement(
    *,
    seats: Seats,
    cluster: Cluster,
    scheme: Scheme,
    call: Call | None,
    starts_on: date | None,
    ends_on: date,
    period_basis: str,
    subsidy: Decimal | None,
    outlook: str = "",
    outlook_elsewhere: str = "",
) -> tuple[Agreement, bool]:
    """What agency and cluster agreed under a scheme; returns it and whether anything changed."""
    access.may_run_programme(seats, cluster.agency_id).require()
    facts: dict[str, Any] = {
        "call": call,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "period_basis": period_basis,
        "subsidy": subsidy,
        "outlook": outlook,
        "outlook_elsewhere": outlook_elsewhere,
    }
    kept = Agreement.objects.filter(cluster=cluster, scheme=scheme).select_related("call").first()
    if kept:
        return kept, changed(kept, **facts)
    agreement = Agreement(agency_id=cluster.agency_id, cluster=cluster, scheme=scheme, **facts)
    return created(agreement), True


def set_target(
    *,
    seats: Seats,
    agency: Agency,
    cluster: Cluster | None,
    scheme: Scheme,
    indicator: str,
    value: Decimal,
    due_after_months: int,
    source: str,
    is_demo: bool = False,
) -> tuple[Target, bool]:
    """What an indicator must reach, for a cluster or for the programme when none is given."""
    access.may_run_programme(seats, agency.pk).require()
    place: dict[str, Any] = {
        "agency": agency,
        "cluster": cluster,
        "scheme": scheme,
        "indicator": indicator,
    }
    facts: dict[str, Any] = {
        "value": value,
        "due_after_months": due_after_months,
        "source": source,
        "is_demo": is_demo,
    }
    kept = Target.objects.filter(**place).first()
    if kept:
        return kept, changed(kept, **facts)
    return created(Target(**place, **facts)), True
