"""The earlier release: its sources where the clone has them, its database where it has not."""

import os
import sys
from pathlib import Path

RELEASE = "0.1.0"
COMMIT = "4ad61c5b6bf94bc29242ee336abf43e6b76a9151"


def load(var: Path, email: str, password: str) -> None:
    """The database of the release into an empty one, and in it what a person did there."""
    from django.conf import settings  # noqa: PLC0415 - installed by then
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415

    from clusterwerk.platform.postgres.client import connect  # noqa: PLC0415
    from factories import releases  # noqa: PLC0415

    settings.configure()
    with connect("owner", var) as owner:
        releases.load(owner, RELEASE)
    with connect("owner", var) as owner:
        statement = "update platform_user set password = %s where email = %s"
        owner.execute(statement, [make_password(password), email])


def check(var: Path) -> None:
    """Sums that no upgrade may change are those that the release left behind."""
    from clusterwerk.platform.postgres.client import connect  # noqa: PLC0415 - installed by then
    from factories.facts import sums  # noqa: PLC0415
    from factories.releases import facts_of  # noqa: PLC0415

    with connect("owner", var) as owner:
        found, wanted = sums(owner), facts_of(RELEASE)["sums"]
    del wanted["passwords"]  # a person has changed one
    differing = [name for name in wanted if found[name] != wanted[name]]
    if differing:
        sys.exit(f"Changed by the upgrade: {', '.join(differing)}.")
    print(f"{len(wanted)} sums are those of release {RELEASE}.")


if __name__ == "__main__":
    what, *words = sys.argv[1:]
    folder = Path(os.environ["CLUSTERWERK_VAR"])
    if what == "load":
        load(folder, *words)
    else:
        check(folder)
