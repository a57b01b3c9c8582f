"""People who may be one: what is asked about, and whom nobody should be asked about."""

import pytest

from clusterwerk.measure.duplicates import (
    LIKELY,
    SURE,
    People,
    Person,
    company_domain,
    person_score,
)

WORKS = frozenset({7})
AN = Person(1, "An", "Peeters", "an.peeters@works.example", "+3292223344", "+32470112233", WORKS)


@pytest.mark.parametrize(
    ("other", "score"),
    [
        (Person(2, "An", "Peeters", "an.peeters+news@works.example"), 100),
        (Person(2, "", "", "anpeeters@works.example"), 100),
        (Person(2, "Án", "PEETERS", organisations=WORKS), 85),
        (Person(2, "Peeters", "An", organisations=WORKS), 85),
        (Person(2, "An", "Peetars", organisations=WORKS), 70),
        (Person(2, "A.", "Peeters", organisations=WORKS), 60),
        (Person(2, "An", "", mobile="+32470112233"), 70),
        (Person(2, "An", "Peeters", "an@gmail.com"), 60),
    ],
)
def test_what_may_be_one_person_is_asked(other: Person, score: int) -> None:
    assert person_score(AN, other)[0] == score
    assert [match.right for match in People([AN]).like(other)] == [1]
    assert [(match.left, match.right) for match in People([AN, other]).pairs()] == [(1, 2)]


@pytest.mark.parametrize(
    "other",
    [
        Person(2, "Tom", "Peeters", "tom@works.example", "+3292223344", "", WORKS),
        Person(2, "Ann", "Peters"),
        Person(2, "An", "Maes", organisations=WORKS),
        Person(2, "Tom", "Maes", "tom@works.example", "+3292223344", "+32470112233", WORKS),
        Person(2, "", "", "info@works.example", organisations=WORKS),
    ],
)
def test_colleagues_relatives_and_front_desks_are_left_alone(other: Person) -> None:
    assert person_score(AN, other)[0] < LIKELY
    assert list(People([AN, other]).pairs()) == []


def test_an_address_that_tells_the_name_brings_a_bare_address_and_a_name_together() -> None:
    named = Person(1, "An", "Peeters", organisations=WORKS)
    bare = Person(2, email="a.peeters@works.example", organisations=WORKS)
    assert [str(reason) for reason in person_score(named, bare)[1]] == [
        "name_in_address",
        "same_organisation",
    ]
    assert person_score(named, bare)[0] == 70


def test_a_mailbox_that_several_read_is_no_person() -> None:
    one = Person(1, "An", "Peeters", "info@works.example")
    other = Person(2, "Tom", "Maes", "i.nfo@works.example")
    assert person_score(one, other)[0] == 0


def test_one_mailbox_under_two_names_is_asked_but_not_sure() -> None:
    score, _reasons = person_score(
        Person(1, "Bart", "Peeters", "bp@home.example"),
        Person(2, "Lies", "Maes", "b.p@home.example"),
    )
    assert LIKELY <= score < SURE


def test_a_name_that_three_bear_tells_less() -> None:
    people = [Person(key, "Jan", "Janssens") for key in range(3)]
    assert list(People(people).pairs()) == []
    assert len(list(People(people[:2]).pairs())) == 1


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("an@gmail.com", ""),
        ("an@yahoo.co.uk", ""),
        ("an@telenet.be", ""),
        ("an@sub.works.be", "sub.works.be"),
        ("https://www.works.be/contact", "works.be"),
        ("https://www.linkedin.com/company/works", ""),
        ("none", ""),
    ],
)
def test_a_domain_of_a_provider_tells_no_company(address: str, domain: str) -> None:
    assert company_domain(address) == domain
