"""Write the grants and row policies that the models declare; run as the owner after migrating."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from clusterwerk.platform.access.apply import apply_access, check_access
from clusterwerk.platform.postgres.address import application_role


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say what differs; exit 1")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        if options["check"]:
            self._check()
            return
        changed = apply_access(application_role())
        self.stdout.write(f"{changed} tables brought to their access class")

    def _check(self) -> None:
        differences = check_access(application_role())
        for difference in differences:
            self.stdout.write(f"{difference.table}: {difference.message}")
        if differences:
            sys.exit(1)
