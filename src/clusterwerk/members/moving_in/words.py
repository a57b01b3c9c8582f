"""What files call things: headers, yes and no, months, kinds; compared without case and accents."""

import tomllib
from functools import cache
from pathlib import Path

from clusterwerk.platform.text import folded

HEADERS = Path(__file__).parent.parent / "data" / "headers.toml"

YES = {"ja", "j", "yes", "y", "oui", "o", "x", "xx", "1", "true", "waar", "vrai", "v", "ok",
       "betaald", "voldaan", "aanwezig", "present", "attended", "checked in", "deelgenomen",
       "\u2713", "\u2714", "\u2611", "+"}  # fmt: skip
NO = {"niet", "nog niet", "onbetaald", "niet betaald", "unpaid", "not yet",
      "nee", "neen", "n", "no", "non", "0", "false", "onwaar", "faux", "-", "\u2013", "afwezig",
      "absent", "no show", "no-show", "noshow", "verontschuldigd", "excused", "geannuleerd",
      "cancelled", "canceled"}  # fmt: skip
# Of a contribution: there is none. What is not paid yet is not free.
FREE = {"gratis", "geen", "geen bijdrage", "nihil", "nul", "vrij", "vrijgesteld", "vrijstelling",
        "nee", "neen", "niet betalend", "free", "none", "no", "nil", "zero", "exempt", "waived",
        "non", "gratuit", "exonere", "aucune", "neant", "-", "\u2013", "\u2014", "- \u20ac",
        "\u20ac -", "\u20ac-"}  # fmt: skip
MONTHS = (
    ("januari", "january", "janvier", "jan", "janv"),
    ("februari", "february", "fevrier", "feb", "fev", "febr", "fevr"),
    ("maart", "march", "mars", "mrt", "mar", "maa"),
    ("april", "avril", "apr", "avr"),
    ("mei", "may", "mai"),
    ("juni", "june", "juin", "jun"),
    ("juli", "july", "juillet", "jul", "juil"),
    ("augustus", "august", "aout", "aug", "aou"),
    ("september", "septembre", "sep", "sept"),
    ("oktober", "october", "octobre", "okt", "oct"),
    ("november", "novembre", "nov"),
    ("december", "decembre", "dec"),
)
# The first that fits counts: "cluster of public research" is a cluster organisation.
ORGANISATION_KINDS = {
    "cluster_organisation": ("cluster",),
    "knowledge_institution": ("kennis", "universiteit", "universit", "hogeschool", "onderzoek",
                              "onderwijs", "school", "knowledge", "research", "rto\\b", "higher ed",
                              "college", "recherche", "enseignement"),
    "public_body": ("overheid", "openbaar", "publiek", "gemeente", "stad\\b", "provincie", "public",
                    "government", "authority", "autorite"),
    "federation": ("federatie", "sectororganisatie", "beroepsvereniging", "koepel", "federation",
                   "trade association"),
    "investor": ("invest", "durfkapitaal", "venture", "business angel", "bank\\b"),
    "citizens_group": ("burger", "citizen", "citoyen"),
    "association": ("vzw\\b", "ivzw\\b", "asbl\\b", "vereniging", "stichting", "non-profit",
                    "association", "ngo\\b", "foundation"),
    "enterprise": ("bedrijf", "onderneming", "ondernemer", "kmo", "ko\\b", "go\\b", "sme\\b",
                   "zelfstandig", "start-up", "startup", "scale-up", "nv\\b", "bv\\b", "bvba\\b",
                   "company", "enterprise", "entreprise", "corporate", "pme\\b"),
}  # fmt: skip
MONTH_NUMBERS = {name: at for at, names in enumerate(MONTHS, start=1) for name in names}


def plain(text: str) -> str:
    """Letters and digits alone, folded: how headers are compared."""
    return "".join(sign for sign in folded(text) if sign.isalnum())


@cache
def headers_of() -> dict[str, tuple[str, ...]]:
    """For each field what files call it, in plain form, the best first."""
    with HEADERS.open("rb") as file:
        read = tomllib.load(file)
    return {
        field: tuple(plain(header) for header in entry["headers"]) for field, entry in read.items()
    }


def _all_words() -> frozenset[str]:
    return frozenset(header for headers in headers_of().values() for header in headers)


HEADER_WORDS = _all_words()
