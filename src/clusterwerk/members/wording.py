"""Names of sizes, as screens and files write them."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.measure.headcount import HeadcountClass

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
