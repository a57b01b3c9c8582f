"""Names of organisations that a number or an ordinal tells apart."""

import pytest

from clusterwerk.measure.duplicates import Known, Pool
from clusterwerk.measure.duplicates.names import compared
from clusterwerk.measure.duplicates.scoring import Reason, agreement

DUTCH = ("Eerste", "Tweede", "Derde", "Vierde", "Vijfde", "Zesde", "Zevende", "Achtste", "Negende",
         "Tiende")  # fmt: skip
FRENCH = ("Premier", "Deuxième", "Troisième", "Quatrième", "Cinquième", "Sixième", "Septième",
          "Huitième", "Neuvième", "Dixième")  # fmt: skip
ENGLISH = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth",
           "Tenth")  # fmt: skip
SHORT = ("1e", "2de", "3ème", "4th", "5e", "6de", "7ème", "8ste", "9th", "10e")


def agreed(one: str, other: str) -> Reason:
    return agreement(compared(one), compared(other))


@pytest.mark.parametrize("words", [DUTCH, FRENCH, ENGLISH, SHORT])
def test_no_two_ordinals_of_a_language_are_one_name(words: tuple[str, ...]) -> None:
    names = [f"{word} Groeifonds Antwerpen" for word in words]
    told = {agreed(one, other) for one in names for other in names if one != other}
    assert told == {Reason.OTHER_NAME}


@pytest.mark.parametrize(
    "same", list(zip(DUTCH, FRENCH, ENGLISH, SHORT, map(str, range(1, 11)), strict=True))
)
def test_an_ordinal_is_one_number_however_it_is_written(same: tuple[str, ...]) -> None:
    assert {agreed(f"{word} Groeifonds", f"Groeifonds {same[0]}") for word in same} == {
        Reason.SAME_NAME
    }


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Eerste Hulp Gent VZW", "De Eerste Hulp, Gent", Reason.SAME_NAME),
        ("Second Home NV", "SECOND HOME", Reason.SAME_NAME),
        ("Second Home", "SecondHome BV", Reason.SAME_NAME),
        ("Première Vision SA", "Premiere Vision", Reason.SAME_NAME),
        ("First Aid Belgium", "First Aid Belgum", Reason.ONE_LETTER),
        ("Tiende Huis Brussel", "Tiende Huis", Reason.PART),
        ("Premier NV", "Premier", Reason.SAME_NAME),
        ("Premier NV", "Premier Logistics", Reason.PART),
        ("Premier NV", "First BV", Reason.OTHER_NAME),
        ("Tweede Fonds", "Fonds", Reason.OTHER_NAME),
    ],
)
def test_a_name_with_one_ordinal_is_compared_as_others_are(
    one: str, other: str, reason: Reason
) -> None:
    assert (agreed(one, other), agreed(other, one)) == (reason, reason)


def test_of_several_funds_each_finds_itself_alone() -> None:
    pool = Pool([Known(at, f"{word} Vexofonds") for at, word in enumerate(DUTCH)])
    found = [pool.like(Known(-1, f"Vexofonds {word} NV")) for word in SHORT]
    assert [[match.right for match in matches] for matches in found] == [[at] for at in range(10)]
