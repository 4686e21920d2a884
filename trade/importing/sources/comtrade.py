"""UN Comtrade: the download of Comtrade Plus, and the older CSV of 35 columns.

    typeCode,freqCode,refPeriodId,refYear,refMonth,period,reporterCode,…,flowCode,…,partnerCode,…,cmdCode,…,primaryValue,…
    "C","A","20220101","2022","52","2022","156",…,"X",…,"408",…,"TOTAL",…,"894039906","4","false","true",

Only what China (156) reports about the DPRK (408) is read. Rows broken down by customs procedure, transport or
second partner would count twice, and are left out; so are re-exports and re-imports, which exports and imports hold.
Values have decimals and are rounded to the dollar. The newer form has one field more in its rows than in its header.
"""

from dataclasses import dataclass

from spreadsheets.sheet import Book, Stop, counted
from trade.importing import cell_values, hs_codes
from trade.importing.cell_values import Wrong
from trade.importing.heading_words import FROM, TO
from trade.importing.reading import Reading
from trade.importing.sources import official_table

NAME = "UN Comtrade"
CHINA, DPRK = "156", "408"
WHOLE = {"", "0", "c00", "all"}  # what stands in a column of a breakdown where nothing is broken down


@dataclass(frozen=True)
class Names:
    """How a form of Comtrade names its columns; `flows` maps its codes to ours."""

    period: str
    reporter: str
    partner: str
    flow: str
    goods: str
    value: str
    classification: str
    flows: dict
    breakdowns: tuple
    quantity: str
    quantity_unit: str
    weight: str
    quantity_estimated: str = ""
    weight_estimated: str = ""


PLUS = Names(
    "period", "reportercode", "partnercode", "flowcode", "cmdcode", "primaryvalue", "classificationcode",
    {"x": TO, "m": FROM}, ("partner2code", "customscode", "motcode", "moscode"),
    "qty", "qtyunitabbr", "netwgt", "isqtyestimated", "isnetwgtestimated",
)  # fmt: skip
OLD = Names(
    "period", "reporter code", "partner code", "trade flow code", "commodity code", "trade value (us$)",
    "classification", {"2": TO, "1": FROM}, ("2nd partner code", "customs proc. code", "mode of transport code"),
    "qty", "qty unit", "netweight (kg)",
)  # fmt: skip


def sniff(book: Book, terms) -> int:
    """Tell how surely a file is of this form: 0 not, 1 if no other form knows it, 2 surely."""
    return 2 if _found(book) else 0


def _found(book):
    """Find the sheets of a book that are downloads, each with the names of its form."""
    for names in (PLUS, OLD):
        if found := official_table.find(
            book, {names.period, names.reporter, names.partner, names.flow, names.goods, names.value}
        ):
            return [(one, names) for one in found]
    return []


def read(books: list[Book], terms) -> Reading:
    """Read downloads of Comtrade.

    Raises: Stop.
    """
    official_table.only_goods(books, terms, NAME)
    reader = _Reader(terms)
    for book in books:
        for found, names in _found(book):
            reader.read(found, names)
    return reader.finish()


class _Reader:
    """Reads one download after the other into one set of sums."""

    def __init__(self, terms):
        self.terms, self.sums, self.codes = terms, official_table.Sums(), hs_codes.Codes()
        self.ignored = {
            "of other reporters or partners": 0,
            "broken down further": 0,
            "of re-exports and re-imports": 0,
        }
        self.rounded, self.broken_down, self.first = 0, {}, None

    def read(self, found, names):
        self.first = self.first or found
        for number, row in found.rows(self.terms):
            self._read_row(found, names, number, row)

    def _read_row(self, found, names, number, row):
        def cell(name):
            return cell_values.text(row[found.at[name]]) if name in found else ""

        if cell(names.reporter) != CHINA or cell(names.partner) != DPRK:
            self.ignored["of other reporters or partners"] += 1
            return
        flow = names.flows.get(cell(names.flow).casefold())
        if flow is None:
            self.ignored["of re-exports and re-imports"] += 1
            return
        if wrong := _not_hs(cell(names.classification), cell("typecode")):
            self.sums.note(found, number, names.classification if names.classification in found else names.goods, wrong)
            return
        period = official_table.period(found, number, names.period, row[found.at[names.period]], self.sums)
        if period is None:
            return
        to = (self.codes.read(row[found.at[names.goods]]), flow, *period)
        if any(cell(name).casefold() not in WHOLE for name in names.breakdowns):
            self.ignored["broken down further"] += 1
            self.broken_down.setdefault(to, (found, number))
            return
        self.sums.once(found, number, names.goods, to)
        self._add(found, names, number, row, to, cell)

    def _add(self, found, names, number, row, to, cell):
        exact = cell_values.money(row[found.at[names.value]])
        value = cell_values.rounded(row[found.at[names.value]])
        self.rounded += exact != value
        if to[0].casefold() in ("total", "ag0") and not isinstance(value, Wrong):
            self.sums.totals.append(((found, number, names.value), (*to[1:], value)))
        else:
            self.sums.add(found, number, names.value, to, value, *_quantity(names, cell))

    def finish(self):
        for to, (found, number) in self.broken_down.items():
            if to not in self.sums.values and to[0].casefold() != "total":
                advice = "Download the data again with all procedures, means of transport and second partners together."
                wrong = Wrong("breakdown", f"{to[0]} only in parts", "a row of the whole", advice)
                self.sums.note(found, number, found.header[0], wrong)
        if not self.sums.faults and not self.sums.values:
            raise Stop(self._nothing())
        reading = self.sums.into(Reading(form=NAME))
        reading.remarks += [remark] if (remark := self.codes.check(self.first.sheet)) else []
        reading.tables["long"], remarks = hs_codes.one_level(reading.tables["long"], self.terms)
        reading.remarks += remarks
        reading.remarks += [
            f"Not read: {counted(count, f'row {what}')}." for what, count in self.ignored.items() if count
        ]
        if self.rounded:
            reading.remarks.append(f"Rounded to the dollar: {counted(self.rounded, 'value with cents')}.")
        return reading

    def _nothing(self):
        if self.sums.totals:
            found, advice = (
                "only the total of all goods",
                "Download the data by chapters, headings or subheadings (AG2, AG4, AG6).",
            )
        else:
            found, advice = "no such row", "Download what China (156) reports about the DPRK (408)."
        return self.first.sheet.fault(
            "no-rows", advice, found=found, expected="goods that China reports about the DPRK"
        )


def _not_hs(classification, kind):
    """Refuse services and classifications other than the Harmonized System."""
    if kind and kind.casefold() != "c":
        return Wrong("classification", f"type {kind}", "goods (type C)", "Download goods, not services.")
    if classification and not classification.casefold().startswith("h"):
        return Wrong("classification", classification, "an HS edition (H0 to H6)", "Download the data by HS codes.")
    return None


def _quantity(names, cell):
    """Give a quantity that was reported, not estimated, and its unit: (135531.0, "kg")."""
    unit = cell(names.quantity_unit)
    if (
        unit
        and unit.casefold() not in ("n/a", "no quantity", "-")
        and cell(names.quantity_estimated).casefold() != "true"
    ):
        quantity = cell_values.quantity(cell(names.quantity))
        if quantity and not isinstance(quantity, Wrong):
            return quantity, unit[:20]
    weight = cell_values.quantity(cell(names.weight))
    if weight and not isinstance(weight, Wrong) and cell(names.weight_estimated).casefold() != "true":
        return weight, "kg"
    return None, None
