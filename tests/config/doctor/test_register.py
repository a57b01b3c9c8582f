"""What the doctor says of the enterprise register: an old one is told of."""

from datetime import date

from clusterwerk.config.doctor.register import judge
from clusterwerk.directory.models import RegisterEdition

TODAY = date(2026, 11, 22)


def edition(day: date, *, is_synthetic: bool = False) -> RegisterEdition:
    return RegisterEdition(number=140, snapshot_on=day, is_synthetic=is_synthetic)


def test_without_a_register_all_is_in_order() -> None:
    assert judge(None, TODAY).state == "ok"


def test_an_edition_is_old_after_sixty_days() -> None:
    assert judge(edition(date(2026, 9, 23)), TODAY).state == "ok"
    found = judge(edition(date(2026, 9, 22)), TODAY)
    assert (found.state, found.message) == ("warn", "Edition 140 of 2026-09-22 is 61 days old.")


def test_an_invented_edition_does_not_age() -> None:
    assert judge(edition(date(2020, 1, 1), is_synthetic=True), TODAY).state == "ok"
