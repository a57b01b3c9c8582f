"""Names of sizes, as screens and files write them."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.measure.headcount import EvaluationSize, HeadcountClass
from clusterwerk.measure.sme import Note, SmeClass

SIZE_NAMES = {
    HeadcountClass.MICRO: _("Micro (below 10)"),
    HeadcountClass.SMALL: _("Small (10 to 49)"),
    HeadcountClass.MEDIUM: _("Medium (50 to 249)"),
    HeadcountClass.LARGE: _("Large (250 or more)"),
}
SHORT_SIZE_NAMES = {
    HeadcountClass.MICRO: _("Micro"),
    HeadcountClass.SMALL: _("Small"),
    HeadcountClass.MEDIUM: _("Medium"),
    HeadcountClass.LARGE: _("Large"),
}
EVALUATION_SIZE_NAMES = {
    EvaluationSize.SMALL: _("Small (below 50)"),
    EvaluationSize.MEDIUM_OR_LARGE: _("Medium or large (50 or more)"),
}
SME_CLASS_NAMES = {
    SmeClass.MICRO: _("micro enterprise"),
    SmeClass.SMALL: _("small enterprise"),
    SmeClass.MEDIUM: _("medium enterprise"),
    SmeClass.LARGE: _("large enterprise, no SME"),
}
FIGURE_NAMES = {
    "headcount": _("headcount"),
    "turnover": _("turnover"),
    "balance_total": _("balance total"),
}
SME_NOTES = {
    Note.OWNERSHIP_UNKNOWN: _("if it stands alone: nobody told yet who owns it and what it owns"),
    Note.RELATED_UNNAMED: _(
        "it does not stand alone, and its partner and linked enterprises of that year are not named"
    ),
    Note.PUBLIC_BODY: _(
        "public bodies hold 25 % or more: by an unconfirmed rule it is then no SME"
    ),
}
