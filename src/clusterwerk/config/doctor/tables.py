"""What stands in the database: release, migrations, rules, history, people, back-ups.

Needs Django to be set up; works as the application role.
"""

from pathlib import Path

from django.db import DatabaseError

from clusterwerk.config.doctor import copies, production
from clusterwerk.config.doctor.finding import APPLY, Finding, Findings, asked, fail, ok
from clusterwerk.config.doctor.register import register
from clusterwerk.config.doctor.seals import seals
from clusterwerk.config.upgrading.plan import Plan, read_plan, require_known
from clusterwerk.platform.access.apply import check_access
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import acting
from clusterwerk.platform.history.checking import check_history
from clusterwerk.platform.models import User
from clusterwerk.platform.postgres.address import application_role
from clusterwerk.platform.postgres.errors import ServerError

MIGRATE = "Run `clusterwerk upgrade`, which makes a back-up first."


def findings(var: Path) -> Findings:
    """The tables; where they are not those of this program, what follows cannot be asked."""
    plan = read_plan()
    yield release(plan)
    yield migrations(plan)
    if plan.unknown or plan.steps:
        return
    yield access()
    yield history()
    yield asked("seals", seals)
    yield asked("demo people", demo_people)
    yield asked("enterprise register", register)
    yield from copies.findings(var, holds_data=has_real_people())


def release(plan: Plan) -> Finding:
    try:
        require_known(plan)
    except ServerError as error:
        first, _, mend = str(error).partition(" Nothing was changed. ")
        return fail("release", first, mend)
    before = plan.database or "one before 0.2"
    if before == plan.program:
        return ok("release", f"{plan.program} wrote the database last.")
    return ok("release", f"{plan.program}; the database was last written by {before}.")


def migrations(plan: Plan) -> Finding:
    if plan.steps:
        names = ", ".join(step.name for step in plan.steps[:5])
        return fail("migrations", f"{len(plan.steps)} to be applied: {names}", MIGRATE)
    return ok("migrations", "All are applied.")


def access() -> Finding:
    differences = check_access(application_role())
    if differences:
        first = "; ".join(f"{one.table}: {one.message}" for one in differences[:3])
        return fail("access rules", f"{len(differences)} tables differ: {first}", APPLY)
    return ok("access rules", "Grants and policies are as the code declares.")


def history() -> Finding:
    faults = check_history()
    if faults:
        first = "; ".join(f"{one.subject}: {one.message}" for one in faults[:3])
        mend = (
            f"Find out who did it. {APPLY} A disabled trigger: alter table ... enable trigger user."
        )
        return fail("history", first, mend)
    return ok("history", "Every change is kept by triggers that are awake.")


def demo_people() -> Finding:
    """People of the demo may stay on a laptop alone."""
    with acting(seats_of_command()):
        people = User.objects.filter(is_demo=True, is_active=True).count()
    if people and production.is_production():
        mend = "Begin anew with an empty database: real data do not belong beside the demo."
        return fail("demo people", f"{people} people of the demo can sign in here.", mend)
    if people:
        return ok("demo people", f"{people} people of the demo, on this machine alone.")
    return ok("demo people", "Nobody of the demo can sign in.")


def has_real_people() -> bool:
    """Accounts beside those of the demo, whose work would be lost; yes where nobody may count."""
    try:
        with acting(seats_of_command()):
            return User.objects.filter(is_demo=False).exists()
    except DatabaseError:
        return True
