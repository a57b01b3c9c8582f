"""Names as the register is searched: folded to words, legal forms left out.

A row of the register and what somebody types go through the same rules; `folding.py` says them
once more for whole columns, and a test holds that both agree.
"""

import re

from clusterwerk.platform.text import folded

# Belgian forms in three languages, of today and of before 2019, and those of the neighbours.
_FORMS = """
    ag aisbl asbl bv bvba commv commva cv cva cvba cvoa ebvba eesv esv eeig gcv geie gie gmbh inc
    ivzw kg limited llc llp ltd nv ohg plc sa sagl sarl sas sc sca scomm scrl scs snc spa sprl sprlu
    srl srlu stv ug vof vog vzw
"""
LEGAL_FORMS = frozenset(_FORMS.split())
# Forms that dots or spaces fall apart: "comm. v" is one word.
APART = re.compile(r"\b(comm|s) (v|va|comm)\b")
INITIAL = re.compile(r"\b(\w)\.")
BETWEEN = re.compile(r"[\W_]+")


def words(text: str) -> list[str]:
    """Words without accents, case and dots, in order; initials with dots make one word."""
    plain = BETWEEN.sub(" ", INITIAL.sub(r"\1", folded(text))).strip()
    return APART.sub(r"\1\2", plain).split()


def search_words(text: str) -> list[str]:
    """Words that tell names apart; the legal form alone stays when there is nothing else."""
    all_words = words(text)
    return [word for word in all_words if word not in LEGAL_FORMS] or all_words


def search_name(text: str) -> str:
    return " ".join(search_words(text))
