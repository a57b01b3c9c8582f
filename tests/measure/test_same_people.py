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
    ("one", "other", "score"),
    [
        (("Lieve", "Maes"), ("Godelieve", "Maes"), 60),
        (("Jan", "Maes"), ("Maes", "Johannes"), 60),
        (("An", "Maes"), ("An", "Maes-Claes"), 65),
        (("Luc", "Maes"), ("Lut", "Maes"), 0),
        (("Jan", "Maes"), ("Jan", "Maes jr"), 40),
        (("Jan", "Maes sr."), ("Jan", "Maes senior"), 85),
        (("Jan", "Maes 1"), ("Jan", "Maes 2"), 0),
        (("Contact", "14"), ("Contact", "15"), 0),
        (("Jan", "Maes12"), ("Jan", "Maes13"), 0),
        (("Jan", "Maes 2"), ("Maes 2", "Jan"), 85),
        (("Jan", "Maes 2"), ("Jan", "Maas 2"), 70),
        (("Jan", "Maes"), ("Jan", "Maes 2"), 65),
    ],
)
def test_names_of_colleagues_are_compared_as_people_use_them(
    one: tuple[str, str], other: tuple[str, str], score: int
) -> None:
    left, right = (Person(key, *name, organisations=WORKS) for key, name in enumerate((one, other)))
    assert person_score(left, right)[0] == score


def test_each_of_one_name_with_a_mobile_number_of_their_own_is_not_asked_about() -> None:
    one = Person(1, "Jan", "Maes", mobile="+32470112233")
    other = Person(2, "Jan", "Maes", mobile="+32470112244")
    assert person_score(one, other) == (50, ("same_person_name", "other_mobile"))


def test_a_name_that_may_well_be_anothers_tells_less_where_many_bear_its_parts() -> None:
    namesakes = [Person(1, "Jan", "Maes"), Person(2, "Jan", "Maes")]
    others = [Person(10 + key, "Jan", name) for key, name in enumerate(("Claes", "Aerts", "Bos"))]
    others += [Person(20 + key, name, "Maes") for key, name in enumerate(("Tom", "Bart", "Els"))]
    assert len(list(People(namesakes).pairs())) == 1
    assert list(People([*namesakes, *others]).pairs()) == []


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
