"""How much speaks for two rows being the same organisation, from 0 to 100, with the reasons.

Formula, weights and limits: ``docs/methods/duplicates.md``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from clusterwerk.measure.duplicates.names import (
    SHARED_SITES,
    Name,
    company_domain,
    compared,
    domain_of,
    plain,
    street_of,
)

LIKELY = 58  # from here on a person is asked
SURE = 85  # from here on it is offered as the first choice


class Reason(StrEnum):
    """What speaks for or against; the value is a stable key."""

    SAME_NUMBER = "same_number"
    SAME_NAME = "same_name"
    ONE_LETTER = "one_letter"
    TWO_LETTERS = "two_letters"
    SHORTENED = "shortened"
    PART = "part"
    ALIKE = "alike"
    INITIALS = "initials"
    OTHER_NAME = "other_name"
    SAME_WEBSITE = "same_website"
    SAME_MAIL = "same_mail"
    SAME_STREET = "same_street"
    SAME_POSTCODE = "same_postcode"
    SAME_PLACE = "same_place"
    COMMON_NAME = "common_name"
    OTHER_PLACE = "other_place"
    OTHER_WEBSITE = "other_website"
    OTHER_COUNTRY = "other_country"
    OTHER_NUMBER = "other_number"
    NUMBER_ENDED = "number_ended"


# Points of a name that agrees: always, and more the rarer its words are.
NAME_POINTS = {
    Reason.SAME_NAME: (52, 24),
    Reason.ONE_LETTER: (41, 24),
    Reason.TWO_LETTERS: (34, 22),
    Reason.SHORTENED: (38, 20),
    Reason.PART: (26, 16),
    Reason.ALIKE: (28, 18),
    Reason.INITIALS: (34, 0),
    Reason.OTHER_NAME: (0, 0),
}
POINTS = {
    Reason.SAME_WEBSITE: 44,
    Reason.SAME_MAIL: 22,
    Reason.SAME_STREET: 24,
    Reason.SAME_POSTCODE: 14,
    Reason.SAME_PLACE: 10,
    Reason.OTHER_PLACE: -8,
    Reason.OTHER_WEBSITE: -10,
    Reason.OTHER_COUNTRY: -25,
    Reason.NUMBER_ENDED: -15,
}
ELSEWHERE = 22  # taken off more, the commoner the name is of which another place is told
COMMON = 0.35  # a name rarer than this is not called common
SHORTEST_TYPED = 5  # letters of a name in which one wrong letter is a slip
SHORTEST_TWICE = 9  # and in which two are
SHORTEST_WORD = 3  # letters of a word or row of initials that stand for more
SHORTEST_PART = 4
TWO = 2
ALIKE = 86  # of 100, as rapidfuzz counts: names
SHORTEST_ALIKE = 30  # letters of two names together that are so alike with two wrong ones: 26 / 30
WORDS_ALIKE = 74  # and each of their words


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one organisation; whatever is unknown stays empty.

    `key` is the caller's own. `numbers` are (scheme, value) of registers that give each
    organisation one number; `has_ended`: ceased, or merged in the register. `mail` are domains or
    addresses of its people.
    """

    key: int
    name: str
    other_names: tuple[str, ...] = ()
    numbers: frozenset[tuple[str, str]] = frozenset()
    website: str = ""
    mail: tuple[str, ...] = ()
    postcode: str = ""
    place: str = ""
    street: str = ""
    country: str = "BE"
    has_ended: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """The same, as it is compared; made once for many comparisons."""

    known: Known
    names: tuple[Name, ...]
    site: str
    mail: frozenset[str]
    place: str
    street: str


@dataclass(frozen=True, slots=True)
class Score:
    """0 to 100, and why; the strongest reason first."""

    points: int
    reasons: tuple[Reason, ...]


Rarity = Callable[[Name], float]
Agreed = tuple[Reason, tuple[Name, Name]]  # how the two names agree that do so best


def prepared(known: Known) -> Prepared:
    """What is known, ready to be compared; websites that many share and free mail are left out."""
    site = domain_of(known.website)
    mail = frozenset(filter(None, map(company_domain, known.mail)))
    return Prepared(
        known,
        tuple(dict.fromkeys(compared(name) for name in (known.name, *known.other_names))),
        "" if site in SHARED_SITES else site,
        mail,
        plain(known.place).strip(),
        street_of(known.street) if known.street else "",
    )


def middling(_name: Name) -> float:
    """The rarity of a name when nothing is known of the others."""
    return 0.6


def score(left: Known, right: Known, rarity: Rarity = middling) -> Score:
    """How much speaks for both being one organisation.

    Parameters
    ----------
    left, right
        What is known of each.
    rarity
        How rare the words of a name are, from 0 (everybody is called so) to 1.

    Returns
    -------
    Score
        100 for the same number; 0 for different numbers of one register, unless one has ended.

    Examples
    --------
    >>> one = Known(1, "Peeters Bouw NV", website="peeters.be", postcode="9000")
    >>> score(one, Known(2, "BOUW PEETERS", website="www.peeters.be", postcode="9000"))
    Score(points=100, reasons=(<Reason.SAME_NAME: 'same_name'>, <Reason.SAME_WEBSITE: \
'same_website'>, <Reason.SAME_POSTCODE: 'same_postcode'>))
    >>> score(one, Known(3, "Peters Bouw", postcode="3500")).points
    39
    """
    return score_prepared(prepared(left), prepared(right), rarity)


def score_prepared(left: Prepared, right: Prepared, rarity: Rarity = middling) -> Score:
    """As `score`, for what was prepared before."""
    told = number_told(left.known, right.known)
    if told in {Reason.SAME_NUMBER, Reason.OTHER_NUMBER}:
        return Score(100 if told is Reason.SAME_NUMBER else 0, (told,))
    return score_named(left, right, names_agree(left, right), told, rarity)


def score_named(
    left: Prepared, right: Prepared, agreed: Agreed, told: Reason | None, rarity: Rarity
) -> Score:
    """As `score`, when it is known how their names agree and what their numbers tell."""
    reason, names = agreed
    always, rare = NAME_POINTS[reason]
    how_rare = min(map(rarity, names)) if always else 0.0
    reasons = [reason, *_elsewhere(left, right), *([told] if told else [])]
    points = always + rare * how_rare + sum(POINTS.get(each, 0) for each in reasons)
    if Reason.OTHER_PLACE in reasons:
        points -= ELSEWHERE * (1 - how_rare)
    if reason is not Reason.OTHER_NAME and how_rare < COMMON:
        reasons.append(Reason.COMMON_NAME)
    return Score(round(min(100.0, max(0.0, points))), tuple(reasons))


def number_told(left: Known, right: Known) -> Reason | None:
    """What the numbers say: the same, different, different but one has ended, or nothing."""
    if left.numbers & right.numbers:
        return Reason.SAME_NUMBER
    if not (left.numbers and right.numbers):
        return None
    both = {scheme for scheme, _ in left.numbers} & {scheme for scheme, _ in right.numbers}
    if not both:
        return None
    return Reason.NUMBER_ENDED if left.has_ended or right.has_ended else Reason.OTHER_NUMBER


def names_agree(left: Prepared, right: Prepared) -> Agreed:
    """The best agreement of any two of their names, and these."""
    best = (Reason.OTHER_NAME, (left.names[0], right.names[0]))
    for one in left.names:
        for other in right.names:
            reason = agreement(one, other)
            if reason is not best[0] and NAME_POINTS[reason] > NAME_POINTS[best[0]]:
                best = (reason, (one, other))
    return best


def agreement(one: Name, other: Name) -> Reason:
    """How two names agree.

    Numbers and single letters must be the same: "Holding 1" is not "Holding 2".

    Examples
    --------
    >>> agreement(compared("Janssens Metaal"), compared("Metaal Jansens"))
    <Reason.ONE_LETTER: 'one_letter'>
    >>> agreement(compared("Holding 1"), compared("Holding 2"))
    <Reason.OTHER_NAME: 'other_name'>
    >>> agreement(compared("Groeifonds II"), compared("Groeifonds III"))
    <Reason.OTHER_NAME: 'other_name'>
    >>> agreement(compared("Prospect0"), compared("Prospect9"))
    <Reason.OTHER_NAME: 'other_name'>
    >>> agreement(compared("Site 12"), compared("Site12 NV"))
    <Reason.SAME_NAME: 'same_name'>
    """
    if one.key == other.key or one.compact == other.compact:
        return Reason.SAME_NAME
    if one.marks != other.marks:
        return Reason.OTHER_NAME
    near = _near(one, other)
    if near:
        return near
    if _is_part(one, other):
        return Reason.PART
    if _is_initials(one, other) or _is_initials(other, one):
        enough = min(len(one.compact), len(other.compact)) >= SHORTEST_WORD
        return Reason.INITIALS if enough else Reason.OTHER_NAME
    return Reason.OTHER_NAME


def _near(one: Name, other: Name) -> Reason | None:
    if not _may_be_near(one, other):
        return Reason.SHORTENED if _is_shortened(one, other) else None
    longer = max(len(one.key), len(other.key))
    if longer >= SHORTEST_TYPED and abs(len(one.key) - len(other.key)) <= TWO:
        apart = _letters(one.key, other.key)
        if apart > 1 and len(one.words) + len(other.words) > TWO:  # else they are the same texts
            apart = min(apart, _letters(one.compact, other.compact))
        if apart == 1:
            return Reason.ONE_LETTER
        if apart == TWO and longer >= SHORTEST_TWICE:
            return Reason.TWO_LETTERS
    if _is_shortened(one, other):
        return Reason.SHORTENED
    alike = ratio(one.key, other.key, score_cutoff=ALIKE) or ratio(
        one.compact, other.compact, score_cutoff=ALIKE
    )
    if not alike or (len(one.words) == len(other.words) and not _words_agree(one, other)):
        return None
    return Reason.ALIKE


def _may_be_near(one: Name, other: Name) -> bool:
    """Whether they need a closer look; most names do not, which this tells at once.

    Two wrong letters are at most four left out or put in, which leaves longer names alike.
    """
    if len(one.compact) + len(other.compact) < SHORTEST_ALIKE:
        return True
    return bool(
        ratio(one.key, other.key, score_cutoff=ALIKE)
        or ratio(one.compact, other.compact, score_cutoff=ALIKE)
    )


def _letters(one: str, other: str) -> int:
    return OSA.distance(one, other, score_cutoff=TWO)


def _words_agree(one: Name, other: Name) -> bool:
    """Each word has a twin that differs by little: "bakkerij peeters" is not "bakkerij meeus"."""
    for word, twin in zip(one.key.split(" "), other.key.split(" "), strict=True):
        if word != twin and not ratio(word, twin, score_cutoff=WORDS_ALIKE):
            return False
    return True


def _is_shortened(one: Name, other: Name) -> bool:
    """Word for word, one is the beginning of the other, of three letters at least."""
    if len(one.words) != len(other.words) or one.compact[:1] != other.compact[:1]:
        return False
    for a, b in zip(one.words, other.words, strict=True):
        if not (a.startswith(b) or b.startswith(a)) or min(len(a), len(b)) < SHORTEST_WORD:
            return False
    return True


def _is_part(one: Name, other: Name) -> bool:
    """All words of one stand in the other, and tell something by themselves."""
    shorter, longer = (one, other) if len(one.words) <= len(other.words) else (other, one)
    if len(shorter.compact) < SHORTEST_PART or shorter.words[0] not in longer.words:
        return False
    return set(shorter.words) < set(longer.words)


def _is_initials(one: Name, other: Name) -> bool:
    return len(one.compact) == len(other.words) and one.compact == other.initials


def _elsewhere(left: Prepared, right: Prepared) -> list[Reason]:
    """What website, mail, address and country say, for first."""
    return [
        reason
        for reason in (_website(left, right), _mail(left, right), *_address(left, right))
        if reason
    ]


def _website(left: Prepared, right: Prepared) -> Reason | None:
    if not left.site or not right.site:
        return None
    return Reason.SAME_WEBSITE if left.site == right.site else Reason.OTHER_WEBSITE


def _mail(left: Prepared, right: Prepared) -> Reason | None:
    """The domain of mail, of both or of one beside the website of the other."""
    if left.site and left.site == right.site:
        return None
    shared = left.mail & right.mail or ({left.site} & right.mail) or ({right.site} & left.mail)
    return Reason.SAME_MAIL if shared - {""} else None


def _address(left: Prepared, right: Prepared) -> tuple[Reason | None, ...]:
    if left.known.country != right.known.country:
        return (Reason.OTHER_COUNTRY,)
    same_code = _agree(left.known.postcode, right.known.postcode)
    same_place = _agree(left.place, right.place)
    here = Reason.SAME_POSTCODE if same_code else Reason.SAME_PLACE if same_place else None
    if here is None and (same_code is False or same_place is False):
        return (Reason.OTHER_PLACE,)
    street = _agree(left.street, right.street) and (here or same_code is None)
    return (Reason.SAME_STREET if street else None, here)


def _agree(one: str, other: str) -> bool | None:
    return one == other if one and other else None
