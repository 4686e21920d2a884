"""The code lists of observations: flow, component, and SDMX's observation status."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from trade.flow_names import NAMES


class Flow(models.TextChoices):
    TO_DPRK = "to_dprk", _(NAMES["to_dprk"])
    FROM_DPRK = "from_dprk", _(NAMES["from_dprk"])
    TOTAL = "total", _(NAMES["total"])  # where only the sum was published; of datasets of totals alone

    @classmethod
    def directions(cls):
        """The two directions of trade, which every dataset has."""
        return [cls.TO_DPRK, cls.FROM_DPRK]

    @classmethod
    def of_kind(cls, kind: str) -> list:
        """The flows that a dataset of a kind may hold."""
        return list(cls) if kind == "total" else cls.directions()


class Component(models.TextChoices):
    REPORTED = "reported", _("reported")
    ESTIMATE = "estimate", _("estimate")
    SECOND_ESTIMATE = "second_estimate", _("second estimate, not included in totals")  # by somebody else, of the same


class Status(models.TextChoices):
    """SDMX observation status (CL_OBS_STATUS)."""

    NORMAL = "A", _("normal")
    PROVISIONAL = "P", _("provisional")
    BREAK = "B", _("break in the series")
    MISSING = "O", _("missing")
    NOT_COLLECTED = "L", _("data may exist but were not collected")
    SUPPRESSED = "Q", _("suppressed")
    UNRELIABLE = "U", _("low reliability")
    ESTIMATED = "E", _("estimate")

    @classmethod
    def without_value(cls):
        """The statuses that say why there is no value."""
        return [cls.MISSING, cls.NOT_COLLECTED, cls.SUPPRESSED]
