"""Files of an extract of the Belgian enterprise register, and what is taken from each.

Source: the description that comes with the open data of the Crossroads Bank for Enterprises. Comma
between cells, quotes around text, dates as day-month-year, one row on each line, UTF-8.
"""

from dataclasses import dataclass

META = "meta.csv"
CODE = "code"
PARTS = ("enterprise", "establishment", "denomination", "address", "contact", "activity", "branch")
LANGUAGES = {"0": "", "1": "fr", "2": "nl", "3": "de", "4": "en"}
FIRST_ESTABLISHMENT = 2_000_000_000  # entities from here on are establishments and branches


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns in their order; `key` names the entity, and `last` says whether the last one may be
    empty, where a row that is too short cannot be told by it."""

    columns: tuple[str, ...]
    key: str
    last_may_be_empty: bool = False


LAYOUTS = {
    "enterprise": Layout(
        (
            "EnterpriseNumber",
            "Status",
            "JuridicalSituation",
            "TypeOfEnterprise",
            "JuridicalForm",
            "JuridicalFormCAC",
            "StartDate",
        ),
        "EnterpriseNumber",
    ),
    "establishment": Layout(
        ("EstablishmentNumber", "StartDate", "EnterpriseNumber"), "EstablishmentNumber"
    ),
    "denomination": Layout(
        ("EntityNumber", "Language", "TypeOfDenomination", "Denomination"), "EntityNumber"
    ),
    "address": Layout(
        (
            "EntityNumber",
            "TypeOfAddress",
            "CountryNL",
            "CountryFR",
            "Zipcode",
            "MunicipalityNL",
            "MunicipalityFR",
            "StreetNL",
            "StreetFR",
            "HouseNumber",
            "Box",
            "ExtraAddressInfo",
            "DateStrikingOff",
        ),
        "EntityNumber",
        last_may_be_empty=True,
    ),
    "contact": Layout(("EntityNumber", "EntityContact", "ContactType", "Value"), "EntityNumber"),
    "activity": Layout(
        ("EntityNumber", "ActivityGroup", "NaceVersion", "NaceCode", "Classification"),
        "EntityNumber",
    ),
    "branch": Layout(("Id", "StartDate", "EnterpriseNumber"), "Id"),
    "code": Layout(("Category", "Code", "Language", "Description"), "Category"),
}


def members_of(*, is_update: bool) -> dict[str, str]:
    """Name of each file of an extract, and the part whose layout it has."""
    if not is_update:
        return {f"{part}.csv": part for part in (*PARTS, CODE)}
    found = {f"{part}_{what}.csv": part for part in PARTS for what in ("delete", "insert")}
    return found | {f"{CODE}.csv": CODE}


def columns_of(member: str) -> tuple[str, ...]:
    """A file of rows to be taken away holds their key alone."""
    if member.endswith("_delete.csv"):
        return (LAYOUTS[member.removesuffix("_delete.csv")].key,)
    return LAYOUTS[member.removesuffix(".csv").removesuffix("_insert")].columns
