"""Numbers of other registers and countries: their form, their check digits, and what is told."""

import pytest

from clusterwerk.directory.identifiers import checked, public_page, recognised, shown_as
from clusterwerk.directory.models import IdentifierScheme as Scheme
from clusterwerk.platform.errors import DomainError


@pytest.mark.parametrize(
    ("scheme", "typed", "stored"),
    [
        (Scheme.BE_ESTABLISHMENT, "2.143.775.422", "2143775422"),
        (Scheme.VAT, "NL 4495445B01", "NL004495445B01"),
        (Scheme.VAT, "de 136,695 976", "DE136695976"),
        (Scheme.VAT, "FR 40 303 265 045", "FR40303265045"),
        (Scheme.VAT, "ATU13585627", "ATU13585627"),
        (Scheme.VAT, "EL 094259216", "EL094259216"),
        (Scheme.VAT, "CHE-100.155.212 MWST", "CHE100155212MWST"),
        (Scheme.VAT, "GB 980 7806 84", "GB980780684"),
        (Scheme.LEI, "213800KUD8LAJWSQ9D15", "213800KUD8LAJWSQ9D15"),
        (Scheme.ROR, "https://ror.org/05f950310", "05f950310"),
        (Scheme.ROR, "ROR.org/00CV9Y106", "00cv9y106"),
        (Scheme.ISNI, "https://isni.org/isni/000000012146438X", "000000012146438X"),
        (Scheme.FR_SIREN, "552 008 443", "552008443"),
        (Scheme.NL_COMPANY, "1234.5678", "12345678"),
        (Scheme.GB_COMPANY, "sc 123456", "SC123456"),
        (Scheme.DK_CVR, "13585628", "13585628"),
        (Scheme.NO_ORGANISATION, "988 077 917", "988077917"),
        (Scheme.CH_UID, "CHE-100.155.212", "CHE100155212"),
    ],
)
def test_a_number_is_kept_in_one_form(scheme: Scheme, typed: str, stored: str) -> None:
    assert checked(scheme, typed, is_demo=False) == stored
    assert checked(scheme, stored, is_demo=False) == stored


@pytest.mark.parametrize(
    ("scheme", "typed", "told"),
    [
        (Scheme.BE_ESTABLISHMENT, "2143775485", "establishment unit: its check digits do not fit"),
        (Scheme.BE_ESTABLISHMENT, "0428759497", "ten digits that begin with 2 to 8"),
        (Scheme.VAT, "DK 13585627", "no VAT number of Denmark: its check digits do not fit"),
        (Scheme.VAT, "DK 1358562", "no VAT number of Denmark: 8 digits expected"),
        (Scheme.VAT, "LT 1", "no VAT number of Lithuania: 9 or 12 digits expected"),
        (Scheme.VAT, "ATU1", "no VAT number of Austria: ATU99999999 expected"),
        (Scheme.VAT, "13585628", "does not say its country"),
        (Scheme.VAT, "US 123456789", "no rule for VAT numbers of the United States"),
        (Scheme.VAT, "BE 0428.759.497", "A Belgian VAT number is an enterprise number"),
        (Scheme.LEI, "213800KUD8LAJWSQ9D16", "no LEI: its check digits do not fit"),
        (Scheme.ROR, "05f950311", "no ROR: its check digits do not fit"),
        (Scheme.ROR, "15f950310", "no ROR: a 0, six letters or digits and two digits expected"),
        (Scheme.ISNI, "0000000121464380", "no ISNI: its check digits do not fit"),
        (Scheme.NL_COMPANY, "1234567", r"\(KvK\): 8 digits expected"),
        (Scheme.FR_SIREN, "552008444", r"\(SIREN\): its check digits do not fit"),
    ],
)
def test_what_is_wrong_with_a_number_is_told(scheme: Scheme, typed: str, told: str) -> None:
    with pytest.raises(DomainError, match=told):
        checked(scheme, typed, is_demo=False)


@pytest.mark.parametrize(
    ("typed", "country", "known"),
    [
        ("0428.759.497", "BE", (Scheme.BE_ENTERPRISE, "0428759497")),
        ("BE 428.759.497", "NL", (Scheme.BE_ENTERPRISE, "0428759497")),
        ("2.143.775.422", "BE", (Scheme.BE_ESTABLISHMENT, "2143775422")),
        ("NL004495445B01", "BE", (Scheme.VAT, "NL004495445B01")),
        ("004495445B01", "NL", (Scheme.VAT, "NL004495445B01")),
        ("552008443", "FR", (Scheme.FR_SIREN, "552008443")),
        ("12345678", "NL", (Scheme.NL_COMPANY, "12345678")),
        ("CHE-100.155.212", "BE", (Scheme.CH_UID, "CHE100155212")),
        ("https://ror.org/05f950310", "BE", (Scheme.ROR, "05f950310")),
        ("13585627", "DK", None),
        ("0428759498", "BE", None),
        ("Acme 2000", "BE", None),
        ("", "BE", None),
        ("DE", "BE", None),
    ],
)
def test_a_number_alone_is_recognised(
    typed: str, country: str, known: tuple[Scheme, str] | None
) -> None:
    assert recognised(typed, country) == known


def test_a_number_is_shown_as_people_write_it_and_leads_to_its_register() -> None:
    assert shown_as(Scheme.BE_ESTABLISHMENT, "2143775422") == "2.143.775.422"
    assert shown_as(Scheme.FR_SIREN, "552008443") == "552 008 443"
    assert public_page(Scheme.ROR, "05f950310") == "https://ror.org/05f950310"
    assert public_page(Scheme.NL_COMPANY, "12345678") == ""
