"""Registers whose numbers we know: how they are checked, shown, and looked up by the public.

Check digits by python-stdnum, and for ROR by ISO/IEC 7064 mod 97-10 over the number that the six
letters and digits write in base 32. The Dutch and British numbers carry no check digits.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from stdnum import exceptions, isni, lei
from stdnum.ch import uid
from stdnum.de import handelsregisternummer
from stdnum.dk import cvr
from stdnum.ee import registrikood
from stdnum.fi import ytunnus
from stdnum.fr import siren, siret
from stdnum.no import orgnr
from stdnum.pl import regon
from stdnum.se import orgnr as swedish

from clusterwerk.directory.identifiers import belgian, names, vat
from clusterwerk.directory.models import IdentifierScheme
from clusterwerk.platform.errors import DomainError

Scheme = IdentifierScheme
Words = str | Promise
ROR = re.compile(r"(?:https?://)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})", re.IGNORECASE)
ROR_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}")
ISNI_ADDRESS = re.compile(r"^\s*(?:https?://)?(?:www\.)?isni\.org/(?:isni/)?", re.IGNORECASE)
BLANKS = re.compile(r"[\s.\-]")


@dataclass(frozen=True, slots=True)
class Register:
    """A register or list. `country` is empty where it is for the whole world.

    `checked` brings a value to its stored form and raises an error of python-stdnum or a
    `DomainError`; `page` is the public page of a number, with {} for it.
    """

    checked: Callable[[str], str]
    expected: Words
    country: str = ""
    shown: Callable[[str], str] = str
    page: str = ""


def _digits(number: int) -> Words:
    def told() -> str:
        return ngettext("%(number)s digit", "%(number)s digits", number) % {"number": number}

    return lazy(told, str)()


def _digits_of(length: int) -> Callable[[str], str]:
    def checked(value: str) -> str:
        number = BLANKS.sub("", value)
        if not re.fullmatch(rf"[0-9]{{{length}}}", number):
            raise exceptions.InvalidFormat
        return number

    return checked


def _british(value: str) -> str:
    number = BLANKS.sub("", value).upper().zfill(8)
    if not re.fullmatch(r"([0-9]{8}|[A-Z]{2}[0-9]{6})", number):
        raise exceptions.InvalidFormat
    return number


def _ror(value: str) -> str:
    found = ROR.fullmatch(value.strip())
    if not found:
        raise exceptions.InvalidFormat
    number = found.group(1).lower()
    written = 0
    for letter in number[:7]:
        written = written * 32 + ROR_LETTERS.index(letter)
    if 98 - written * 100 % 97 != int(number[7:]):
        raise exceptions.InvalidChecksum
    return number


def _lei(value: str) -> str:
    number = BLANKS.sub("", value).upper()
    if not LEI.fullmatch(number):
        raise exceptions.InvalidFormat
    return str(lei.validate(number))


def _isni(value: str) -> str:
    return str(isni.validate(ISNI_ADDRESS.sub("", value)))


REGISTERS: dict[Scheme, Register] = {
    Scheme.BE_ENTERPRISE: Register(
        belgian.enterprise_number,
        _digits(10),
        "BE",
        belgian.shown,
        "https://kbopub.economie.fgov.be/kbopub/zoeknummerform.html?nummer={}",
    ),
    Scheme.BE_ESTABLISHMENT: Register(
        belgian.unit_number,
        _digits(10),
        "BE",
        belgian.shown_unit,
        "https://kbopub.economie.fgov.be/kbopub/zoeknummerform.html?nummer={}",
    ),
    Scheme.VAT: Register(vat.vat_number, gettext_lazy("the code of a country and its number")),
    Scheme.LEI: Register(
        _lei,
        gettext_lazy("twenty letters and digits"),
        page="https://search.gleif.org/#/record/{}",
    ),
    Scheme.ROR: Register(
        _ror, gettext_lazy("a 0, six letters or digits and two digits"), page="https://ror.org/{}"
    ),
    Scheme.ISNI: Register(_isni, _digits(16), shown=isni.format, page="https://isni.org/isni/{}"),
    Scheme.CH_UID: Register(
        uid.validate,
        gettext_lazy("CHE and nine digits"),
        "CH",
        uid.format,
        "https://www.uid.admin.ch/Detail.aspx?uid_id={}",
    ),
    Scheme.DE_COMPANY: Register(
        handelsregisternummer.validate,
        gettext_lazy("court, HRA or HRB, and the number"),
        "DE",
    ),
    Scheme.DK_CVR: Register(
        cvr.validate, _digits(8), "DK", page="https://datacvr.virk.dk/enhed/virksomhed/{}"
    ),
    Scheme.EE_REGISTER: Register(
        registrikood.validate, _digits(8), "EE", page="https://ariregister.rik.ee/eng/company/{}"
    ),
    Scheme.FI_BUSINESS: Register(
        ytunnus.validate,
        gettext_lazy("seven digits, a dash and one digit"),
        "FI",
        ytunnus.format,
    ),
    Scheme.FR_SIREN: Register(
        siren.validate,
        _digits(9),
        "FR",
        siren.format,
        "https://annuaire-entreprises.data.gouv.fr/entreprise/{}",
    ),
    Scheme.FR_SIRET: Register(
        siret.validate,
        _digits(14),
        "FR",
        siret.format,
        "https://annuaire-entreprises.data.gouv.fr/etablissement/{}",
    ),
    Scheme.GB_COMPANY: Register(
        _british,
        gettext_lazy("eight letters and digits"),
        "GB",
        page="https://find-and-update.company-information.service.gov.uk/company/{}",
    ),
    Scheme.NL_COMPANY: Register(_digits_of(8), _digits(8), "NL"),
    Scheme.NO_ORGANISATION: Register(
        orgnr.validate,
        _digits(9),
        "NO",
        orgnr.format,
        "https://virksomhet.brreg.no/nb/oppslag/enheter/{}",
    ),
    Scheme.PL_REGON: Register(regon.validate, gettext_lazy("9 or 14 digits"), "PL"),
    Scheme.SE_ORGANISATION: Register(swedish.validate, _digits(10), "SE", swedish.format),
    Scheme.SOURCE_NAME: Register(names.printed_name, gettext_lazy("a name")),
}


def stored_form(scheme: Scheme, value: str) -> str:
    """The value in the form in which it is stored; raises `DomainError` when it cannot be right."""
    register = REGISTERS[scheme]
    try:
        return register.checked(value)
    except exceptions.InvalidChecksum as error:
        message = _("%(number)s is no %(register)s: its check digits do not fit.")
        raise DomainError(message % _told(scheme, value)) from error
    except exceptions.ValidationError as error:
        message = _("%(number)s is no %(register)s: %(expected)s expected.")
        raise DomainError(message % _told(scheme, value)) from error


def _told(scheme: Scheme, value: str) -> dict[str, object]:
    return {
        "number": value.strip(),
        "register": scheme.label,
        "expected": REGISTERS[scheme].expected,
    }


def shown_as(scheme: str, value: str) -> str:
    """A stored value as people write it."""
    return REGISTERS[Scheme(scheme)].shown(value)


def public_page(scheme: str, value: str) -> str:
    """Address in the public register, or empty."""
    page = REGISTERS[Scheme(scheme)].page
    return page.format(value) if page else ""


def schemes_of(country: str) -> list[Scheme]:
    """Numbers that an organisation of this country can have, its own registers first."""
    own = [scheme for scheme, register in REGISTERS.items() if register.country == country]
    world = [Scheme.VAT, Scheme.LEI, Scheme.ROR, Scheme.ISNI]
    return [*own, *(scheme for scheme in world if (country, scheme) != ("BE", Scheme.VAT))]
