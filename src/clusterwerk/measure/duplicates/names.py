"""Names of organisations as they are compared: what tells one from another, and no more.

Left out are case, accents, punctuation, legal forms and joining words; the order of words is kept
beside them sorted. Limits: ``docs/methods/duplicates.md``.
"""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

with (Path(__file__).parent / "data" / "words.toml").open("rb") as _file:
    _WORDS = tomllib.load(_file)
LEGAL_FORMS = frozenset(_WORDS["legal_forms"])
_FREE_MAIL = frozenset(_WORDS["free_mail"])
_UNDER_COUNTRY = {"co", "com"}  # as in yahoo.co.uk
SHARED_SITES = frozenset(_WORDS["shared_sites"])
_JOINING = frozenset(_WORDS["joining"])
_FULL_WORDS: dict[str, str] = _WORDS["read_as"]
_ORDINALS = {word: number for number, words in _WORDS["ordinals"].items() for word in words}
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}(?:[^\W\d_]\b)?")
_APOSTROPHE = re.compile(r"['\u2019`]")
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+")
_ROMAN = frozenset(("ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"))  # "i": one letter
_PLAIN = str.maketrans({"ø": "o", "œ": "oe", "æ": "ae", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is compared.

    `words` in the order written; `key` are the same words sorted, with spaces, and with ordinals as
    numbers; `compact` are the words without spaces; `marks` are its single letters and its numbers,
    Roman ones, ordinals and those within a word too: "Fund II" is not "Fund III", nor "Site12"
    "Site13", nor "Second Fund" "Third Fund".
    """

    words: tuple[str, ...]
    key: str
    compact: str
    marks: frozenset[str]

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.words)


def plain(text: str) -> str:
    """Lower case, without accents.

    Examples
    --------
    >>> plain("ÉCLAIR Straße")
    'eclair strasse'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=50_000)
def compared(name: str) -> Name:
    """The name as it is compared; its own words where nothing but a legal form was written.

    Examples
    --------
    >>> compared("N.V. Bouwwerken Peeters & Zonen").words
    ('bouwwerken', 'peeters', 'zonen')
    >>> compared("Peeters en Zonen, bouwwerken BVBA").key
    'bouwwerken peeters zonen'
    >>> compared("Agro-Tech").compact == compared("AgroTech NV").compact
    False
    >>> compared("The Company").words
    ('the', 'company')
    >>> compared("Tweede Fonds").key == compared("2e Fonds").key == compared("Fonds 2").key
    True
    >>> compared("Premier NV").key
    'premier'
    """
    joined = _DOTTED.sub(lambda found: found.group().replace(".", "").replace(" ", "") + " ", name)
    written = _WORD.findall(_APOSTROPHE.sub("", plain(joined)))
    telling = [
        word for word in written if word not in LEGAL_FORMS and word not in _JOINING
    ] or written
    words = tuple(_FULL_WORDS.get(word, word) for word in telling)
    numbered = _with_numbers(words)
    marks = frozenset().union(*map(_marks, numbered))
    key = " ".join(sorted(numbered if len(words) > 1 else words))
    return Name(words, key, "".join(words), marks)


def _with_numbers(words: tuple[str, ...]) -> tuple[str, ...]:
    """Ordinals as numbers; most names have none."""
    if _ORDINALS.keys().isdisjoint(words):
        return words
    return tuple(_ORDINALS.get(word, word) for word in words)


def _marks(word: str) -> Sequence[str]:
    if len(word) == 1 or word in _ROMAN:
        return (word,)
    return () if word.isalpha() else _NUMBER.findall(word)


def domain_of(address: str) -> str:
    """The domain of a website or e-mail address, without `www`; empty where none is written.

    Examples
    --------
    >>> domain_of("https://www.Example.be/nl/contact?x=1"), domain_of("ann@example.be")
    ('example.be', 'example.be')
    >>> domain_of("none yet")
    ''
    """
    text = address.strip().casefold()
    text = text.partition("://")[2] or text
    host = re.split(r"[/?#:]", text.rpartition("@")[2], maxsplit=1)[0].removeprefix("www.")
    return host if "." in host.strip(".") and " " not in host else ""


def company_domain(address: str) -> str:
    """The domain of an address or website that belongs to one organisation.

    Empty for providers of mail that anybody may have, whatever their country, and for sites on
    which many have a page.

    Examples
    --------
    >>> company_domain("An@Works.example"), company_domain("an@gmail.com"), company_domain("an")
    ('works.example', '', '')
    """
    domain = domain_of(address)
    names = [label for label in domain.split(".")[:-1] if label not in _UNDER_COUNTRY]
    is_free = bool(names) and names[-1] in _FREE_MAIL
    return "" if is_free or domain in SHARED_SITES else domain


def street_of(street: str) -> str:
    """A street and number as they are compared.

    Examples
    --------
    >>> street_of("Kerkstraat 12 bus 3") == street_of("KERKSTR. 12")
    True
    """
    text = re.split(r"\b(?:bus|bte|box|boite)\b", plain(street), maxsplit=1)[0]
    words = [re.sub(r"str(?:aat)?$", "str", word) for word in _WORD.findall(text)]
    return " ".join(words)
