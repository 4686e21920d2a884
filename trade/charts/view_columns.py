"""Describes the columns of a view in long form: of its CSV and of the sheet "values" of its workbook."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from trade.charts.text.labels import flow_name, status_text

PLACE = ("chart", "period", "period_label", "member", "member_label", "flow", "basis", "component")
VALUE = ("value_usd", "unit", "status", "status_text")
FACTS = (
    "share_percent", "share_of", "change_percent", "change_from", "index", "index_base", "rank", "rank_of",
    "quantity", "quantity_unit", "unit_value_usd", "cap_percent", "sanctions", "publisher", "note",
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
    units = dict.fromkeys(("value_usd", "unit_value_usd"), "USD")
    units |= dict.fromkeys(("share_percent", "change_percent", "cap_percent"), "%")
    codes = {"flow": _flows(), "component": _components(), "status": _statuses()}
    return [ViewColumn(name, words[name], units.get(name, ""), codes.get(name, {})) for name in NAMES]


def _places():
    return {
        "chart": _("Identifier of the chart, as used in the JSON of this view."),
        "period": _("Year (2016) or month (2016-03)."),
        "period_label": _("Period as shown on the page; for an incomplete year, the months covered are given."),
        "member": _(
            "Province, section or code. “all” is the total of the items shown, or of all items listed for a year."
        ),
        "member_label": _("Item name as shown on the page."),
        "flow": _("Direction of trade."),
        "basis": _("Valuation of the flow: FOB or CIF."),
        "component": _("Measure. Its codes have the same meaning in every chart."),
    }


def _flows():
    return {
        "to_dprk": flow_name("to_dprk"),
        "from_dprk": flow_name("from_dprk"),
        "both": _("both directions combined"),
        "balance": _("exports to the DPRK less imports from it"),
        "total": _("total of both directions, where only the total was published"),
    }


def _components():
    return {
        "reported": _("value as published by the source"),
        "estimate": _("estimate added to the reported value"),
        "second_estimate": _("alternative estimate of the same trade from another source; not included in any total"),
        "shown": _("sum of the reported value and the estimate, or whichever is available"),
        "balance": _("exports shown less imports shown; a calculated value, neither reported nor estimated"),
    }


def _values():
    return {
        "value_usd": _(
            "Value in whole US dollars at current prices, even where the chart shows shares or ranks. A blank means "
            "missing, not zero."),
        "unit": _("The unit of the value."),
        "status": _("Observation status (SDMX CL_OBS_STATUS)."),
        "status_text": _("Status label and, for a total, the number of missing components."),
    }  # fmt: skip


def _statuses():
    return {"A": _("normal")} | {letter: status_text(letter) for letter in "PBOLQUE"}


def _facts():
    """What a table says of a value; blank where it does not say it of this value."""
    return {
        "share_percent": _("This value as a share of the total shown, to four decimal places."),
        "share_of": _("Total on which the share is based."),
        "change_percent": _("Change from the value for the period in change_from."),
        "change_from": _("The year or month with which the value is compared; of an incomplete year the same months."),
        "index": _("This value where that of the period in index_base is 100."),
        "index_base": _("The period that is 100 in the index."),
        "rank": _(
            "Rank of this value among items at the same level: 1 is the largest; equal values share a rank. Only the "
            "full value shown is ranked, not its reported or estimated part."),
        "rank_of": _("Number of items ranked."),
        "quantity": _("Quantity of the reported trade, in the unit given in the quantity unit column."),
        "quantity_unit": _("The unit of the quantity."),
        "unit_value_usd": _("Unit value: value per unit of quantity."),
        "cap_percent": _("Reported amount as a share of the cap that sanctions set for the year."),
        "sanctions": _("What sanctions say of the goods, in words."),
        "note": _("Author of the second estimate."),
        "publisher": _("Publisher of the figures for the period, where the dataset names one."),
    }  # fmt: skip


def _origin():
    return {
        "dataset": _("Dataset identifier, as used in URLs."),
        "release": _("Release number."),
        "source": _("Where the figures come from."),
        "demonstration": _("“yes” if the figures are invented for demonstration; do not cite them."),
    }
