"""Countries by their two letters (ISO 3166-1), in the language of the reader.

Those of Europe and the partners that Belgian clusters work with most; a code that is not listed is
shown as it is.
"""

from django.utils.translation import gettext_lazy as _

COUNTRIES = {
    "BE": _("Belgium"),
    "NL": _("the Netherlands"),
    "FR": _("France"),
    "DE": _("Germany"),
    "LU": _("Luxembourg"),
    "GB": _("the United Kingdom"),
    "AT": _("Austria"),
    "AU": _("Australia"),
    "BG": _("Bulgaria"),
    "BR": _("Brazil"),
    "CA": _("Canada"),
    "CH": _("Switzerland"),
    "CN": _("China"),
    "CY": _("Cyprus"),
    "CZ": _("Czechia"),
    "DK": _("Denmark"),
    "EE": _("Estonia"),
    "ES": _("Spain"),
    "FI": _("Finland"),
    "GR": _("Greece"),
    "HR": _("Croatia"),
    "HU": _("Hungary"),
    "IE": _("Ireland"),
    "IL": _("Israel"),
    "IN": _("India"),
    "IS": _("Iceland"),
    "IT": _("Italy"),
    "JP": _("Japan"),
    "KR": _("South Korea"),
    "LI": _("Liechtenstein"),
    "LT": _("Lithuania"),
    "LV": _("Latvia"),
    "MA": _("Morocco"),
    "MT": _("Malta"),
    "NO": _("Norway"),
    "PL": _("Poland"),
    "PT": _("Portugal"),
    "RO": _("Romania"),
    "RS": _("Serbia"),
    "SE": _("Sweden"),
    "SG": _("Singapore"),
    "SI": _("Slovenia"),
    "SK": _("Slovakia"),
    "TR": _("Turkey"),
    "UA": _("Ukraine"),
    "US": _("the United States"),
    "ZA": _("South Africa"),
}


def country_name(code: str) -> str:
    return str(COUNTRIES.get(code, code))
