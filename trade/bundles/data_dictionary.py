"""The data dictionary: every column of the CSV, Parquet, JSON, workbook, data package and pages, described once.

A column that a file holds is described here and nowhere else, so that a type, a unit or a sentence cannot differ
between two files of a release.
"""

from dataclasses import dataclass, field

import pyarrow as pa
from django.utils.translation import gettext as _

from trade.models import Component, Dataset, Flow, Status

PERIOD = r"(19|20|21)[0-9]{2}(-(0[1-9]|1[0-2]))?"
KEYS = {Dataset.Kind.PROVINCE: "province", Dataset.Kind.COMMODITY: "code", Dataset.Kind.TOTAL: ""}
CONSTANT = pa.dictionary(pa.int8(), pa.string())  # the same text in every row


@dataclass(frozen=True)
class Column:
    """One column: its name, Arrow type, and what a reader is told of it."""

    name: str
    type: pa.DataType
    title: str
    description: str
    unit: str = ""
    required: bool = False
    constraints: dict = field(default_factory=dict)
    labels: dict = field(default_factory=dict)  # of the codes that it may hold: {"to_dprk": "exports to the DPRK"}


def key_of(dataset: Dataset) -> str:
    """Name the column of what is listed: "province" or "code"; "" of totals, which list nothing."""
    return KEYS[dataset.kind]


def of_data(dataset: Dataset) -> list[Column]:
    """List the columns of the long form: province or code, name, year, month, period, flow, reported_usd, …"""
    return [*_dimensions(dataset), *_values(dataset), *_goods(dataset), *_origins(dataset), *_provenance(dataset)]


def of_changes(dataset: Dataset) -> list[Column]:
    """List the columns of what a release changed, one row a cell and component."""
    change = _("How the cell changed: new, changed, removed, or withdrawn, which leaves its old value blank.")
    kinds = {"new": _("new"), "changed": _("changed"), "removed": _("removed"), "withdrawn": _("withdrawn")}
    components = {str(value): str(label) for value, label in Component.choices}
    component = _("Component: the reported value, an estimate added to it, or an estimate not added.")
    return [
        Column("change", pa.string(), _("Change"), change, required=True, labels=kinds),
        *_dimensions(dataset),
        Column("component", pa.string(), _("Component"), component, required=True, labels=components),
        *_before_and_after(dataset),
        _release(),
    ]


def primary_key(names: list[str]) -> list[str]:
    """Choose of a file's columns those that tell one row from every other: ["province", "period", "flow"]."""
    keys = ("measure", "rules", "province", "code", "period", "flow", "component", "sanctions")
    return [name for name in keys if name in names]


def status_labels() -> dict:
    """Name the statuses of a reported value: {"A": "normal", …}; an estimate has none, it is a column of its own."""
    return {str(value): str(label) for value, label in Status.choices if value != Status.ESTIMATED}


def _dimensions(dataset):
    year = _("The calendar year.")
    month = _("The month, 1 to 12; blank for annual values.")
    period = _("The period, e.g. 2016 or 2016-03 (SDMX TIME_PERIOD).")
    flows = {flow.value: str(flow.label) for flow in Flow.of_kind(dataset.kind)}
    flow = _("Direction of trade: exports to the DPRK or imports from it.")
    if Flow.TOTAL in flows:
        flow = _(
            "Direction of trade: exports to the DPRK or imports from it; total if only the sum of both was published."
        )
    return [
        *([] if dataset.kind == Dataset.Kind.TOTAL else _key_and_name(dataset)),
        Column("year", pa.int16(), _("Year"), year, required=True, constraints={"minimum": 1900, "maximum": 2100}),
        Column("month", pa.int8(), _("Month"), month, constraints={"minimum": 1, "maximum": 12}),
        Column("period", pa.string(), _("Period"), period, required=True, constraints={"pattern": PERIOD}),
        Column("flow", pa.string(), _("Flow"), flow, required=True, labels=flows),
    ]


def _key_and_name(dataset):
    if dataset.kind == Dataset.Kind.PROVINCE:
        code, name = _("The ISO 3166-2 code of the Chinese province."), _("The English name of the province.")
        pattern = {"pattern": "CN-[A-Z]{2}"}
        return [
            Column("province", pa.string(), _("Province code"), code, required=True, constraints=pattern),
            Column("name", pa.string(), _("Province"), name),
        ]
    code = _(
        "The chapter (2 digits), heading (4) or subheading (6) of the Harmonized System, stored as text to keep "
        "leading zeros (e.g. 01)."
    )
    name = _("The title of the code in the Harmonized System.")
    pattern = {"pattern": "([0-9]{2}){1,3}"}
    return [
        Column("code", pa.string(), _("HS code"), code, required=True, constraints=pattern),
        Column("name", pa.string(), _("Goods"), name),
    ]


def _values(dataset):
    bases = {"to_dprk": dataset.basis_to_dprk, "from_dprk": dataset.basis_from_dprk}
    basis = _("Valuation: %(to_dprk)s for exports to the DPRK, %(from_dprk)s for imports from it.") % bases
    reported = _(
        "Value reported by the source, in whole US dollars at current prices. A blank means missing, not zero."
    )
    estimate = _("Estimate added to the reported value; blank if there is none.")
    status = _("Observation status of the reported value (SDMX CL_OBS_STATUS); it says why a value is missing.")
    positive = {"minimum": 0}
    return [
        Column("reported_usd", pa.int64(), _("Reported value"), f"{reported} {basis}", "USD", constraints=positive),
        Column("estimate_usd", pa.int64(), _("Estimate"), estimate, "USD", constraints=positive),
        Column("status", pa.string(), _("Status"), status, labels=status_labels()),
        Column("note", pa.string(), _("Note"), _("A remark on this value.")),
        *_second_estimate(positive),
    ]


def _second_estimate(positive):
    second = _(
        "Estimate of the same unreported trade by another source; never added to the reported value. Blank if there "
        "is none."
    )
    note = _("Source of the second estimate and how it was obtained.")
    return [
        Column("second_estimate_usd", pa.int64(), _("Second estimate"), second, "USD", constraints=positive),
        Column("second_estimate_note", pa.string(), _("Note on the second estimate"), note),
    ]


def _goods(dataset):
    if dataset.kind != Dataset.Kind.COMMODITY:
        return []
    quantity = _("Quantity traded, in the unit given alongside; blank if the source gives none.")
    unit = _("The unit of the quantity, as the source gives it.")
    return [
        Column("quantity", pa.float64(), _("Quantity"), quantity, constraints={"minimum": 0}),
        Column("quantity_unit", pa.string(), _("Unit of quantity"), unit),
    ]


def _origins(dataset):
    if dataset.kind != Dataset.Kind.TOTAL:
        return []
    publisher, source = (
        _("The organisation that published the figure."),
        _("The publication in which the figure appeared."),
    )
    precision = _("The unit of the last published digit; smaller differences are not significant.")
    return [
        Column("publisher", pa.string(), _("Publisher"), publisher),
        Column("source", pa.string(), _("Source"), source),
        Column("precision_usd", pa.int64(), _("Precision"), precision, "USD", constraints={"minimum": 1}),
    ]


def _provenance(dataset):
    demonstration = _("Whether the figures are invented for demonstration and must not be cited.")
    source = Column("source", CONSTANT, _("Source"), _("Where the figures come from."), required=True)
    return [
        *([] if dataset.kind == Dataset.Kind.TOTAL else [source]),  # of totals each figure names its own
        Column("demonstration", pa.bool_(), _("Demonstration"), demonstration, required=True),
        _release(),
    ]


def _release():
    description = _("The dataset and its release number, e.g. china-provinces/2.")
    return Column("release", CONSTANT, _("Release"), description, required=True)


def _before_and_after(dataset):
    """The value, status and note of a cell, of goods the quantity, and of totals the origin, before and after."""
    facts = [
        ("value_usd", pa.int64(), _("value"), "USD", {"minimum": 0}),
        ("status", pa.string(), _("status"), "", {}),
        ("note", pa.string(), _("note"), "", {}),
    ]
    if dataset.kind == Dataset.Kind.COMMODITY:
        facts += [
            ("quantity", pa.float64(), _("quantity"), "", {"minimum": 0}),
            ("quantity_unit", pa.string(), _("unit of quantity"), "", {}),
        ]
    if dataset.kind == Dataset.Kind.TOTAL:
        facts += [
            ("publisher", pa.string(), _("publisher"), "", {}),
            ("source", pa.string(), _("source"), "", {}),
            ("precision_usd", pa.int64(), _("precision"), "USD", {"minimum": 1}),
        ]
    for name, kind, word, unit, constraints in facts:
        old, new = _("Old %s") % word, _("New %s") % word
        before = _("The %s before this release; blank if there was none.") % word
        after = _("The %s as of this release; blank if there is none.") % word
        yield Column(f"old_{name}", kind, old, before, unit, constraints=constraints)
        yield Column(f"new_{name}", kind, new, after, unit, constraints=constraints)
