"""Describes the columns of a view in long form: of its CSV and of the sheet "values" of its workbook."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from trade.charts.text.labels import status_text

PLACE = ("chart", "period", "period_label", "member", "member_label", "flow", "basis", "component")
VALUE = ("value_usd", "unit", "status", "status_text")
FACTS = (
    "share_percent", "share_of", "change_percent", "change_from", "rank", "rank_of", "quantity", "quantity_unit",
    "unit_value_usd", "publisher", "note",
)  # fmt: skip
ORIGIN = ("dataset", "release", "source", "demonstration")
NAMES = (*PLACE, *VALUE, *FACTS, *ORIGIN)


@dataclass(frozen=True)
class ViewColumn:
    """A column: its name, what a reader is told of it, its unit, and what each of its codes means."""

    name: str
    description: str
    unit: str = ""
    codes: dict = field(default_factory=dict)

    @property
    def explained(self) -> str:
        """The description and the codes: "What the value is. reported: what the source printed; …"."""
        codes = "; ".join(f"{code}: {meaning}" for code, meaning in self.codes.items())
        return f"{self.description} {codes}." if codes else self.description


def described() -> list[ViewColumn]:
    """Describe the columns of NAMES, in that order."""
    words = {**_places(), **_values(), **_facts(), **_origin()}
    units = {"value_usd": "USD", "share_percent": "%", "change_percent": "%", "unit_value_usd": "USD"}
    codes = {"flow": _flows(), "component": _components(), "status": _statuses()}
    return [ViewColumn(name, words[name], units.get(name, ""), codes.get(name, {})) for name in NAMES]


def _places():
    return {
        "chart": _("The chart whose table holds the value, as the JSON of the view names it."),
        "period": _("The year, as 2016, or the month, as 2016-03."),
        "period_label": _("The period as the page names it; a year that is not complete names its months."),
        "member": _("The province, section or code. “all” is the sum of those drawn, or of all listed in a year."),
        "member_label": _("The member as the page names it."),
        "flow": _("Direction of trade."),
        "basis": _("How the flow is valued: FOB or CIF."),
        "component": _("What the value is. It means the same in every chart."),
    }


def _flows():
    return {
        "to_dprk": _("to the DPRK"),
        "from_dprk": _("from the DPRK"),
        "both": _("both directions added up"),
        "balance": _("exports to the DPRK less imports from it"),
        "total": _("both directions, where only their sum was published"),
    }


def _components():
    return {
        "reported": _("what the source printed"),
        "estimate": _("what was added to it"),
        "second_estimate": _("what somebody else estimates of the same trade; added to nothing"),
        "shown": _("reported and estimate added up, or the one that there is"),
        "balance": _("shown exports less shown imports; neither reported nor an estimate"),
    }


def _values():
    return {
        "value_usd": _("The value in whole US dollars at current prices, also where the chart draws shares or ranks."
                       " Blank is missing, never zero."),
        "unit": _("The unit of the value."),
        "status": _("Observation status (SDMX CL_OBS_STATUS)."),
        "status_text": _("The status in words, and how many parts of a sum are missing."),
    }  # fmt: skip


def _statuses():
    return {"A": _("normal")} | {letter: status_text(letter) for letter in "PBOLQUE"}


def _facts():
    """What a table says of a value; blank where it does not say it of this value."""
    return {
        "share_percent": _("The share of this value in the shown value of the whole, to four decimals."),
        "share_of": _("The whole that the share is of."),
        "change_percent": _("How much this value is above or below that of the year in change_from."),
        "change_from": _("The year with which the value is compared."),
        "rank": _("The place of this value among its siblings: 1 is the largest; equal values share a place. Only a"
                  " value that is all of what is shown has one."),
        "rank_of": _("How many of them have a value."),
        "quantity": _("How much was traded of what is reported, in the unit beside it."),
        "quantity_unit": _("The unit of the quantity."),
        "unit_value_usd": _("The value of one unit of the quantity."),
        "note": _("Who made a second estimate."),
        "publisher": _("Who published the figures of the period, where the dataset names it."),
    }  # fmt: skip


def _origin():
    return {
        "dataset": _("The dataset, as addresses name it."),
        "release": _("The number of the release."),
        "source": _("Where the figures come from."),
        "demonstration": _("yes: the figures are invented for demonstration and must not be cited."),
    }
