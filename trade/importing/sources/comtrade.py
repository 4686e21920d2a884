"""Reads UN Comtrade's downloads: that of Comtrade Plus, and the older CSV of 35 columns.

    typeCode,freqCode,refPeriodId,refYear,refMonth,period,reporterCode,…,flowCode,…,partnerCode,…,cmdCode,…,primaryValue,…
    "C","A","20220101","2022","52","2022","156",…,"X",…,"408",…,"TOTAL",…,"894039906","4","false","true",

Only what China (156) reports about the DPRK (408) is read. Rows broken down by customs procedure, transport or
second partner would count twice, and are left out; so are re-exports and re-imports, which exports and imports hold.
Values have decimals and are rounded to the dollar. The newer one has one field more in its rows than in its header.
"""

from dataclasses import dataclass

from spreadsheets.sheet import Book, Stop, counted
from trade.importing import cell_values, describe, hs_codes
from trade.importing.arrow_table import ALL
from trade.importing.cell_values import Wrong
from trade.importing.reading import Reading
from trade.importing.sources import official_table
from trade.importing.sources.official_table import Quantity, Record, StatedTotal, SumKey
from trade.importing.texts.flow_words import FROM, TO

NAME = "UN Comtrade"
CHINA, DPRK = "156", "408"
NONE = {"", "na", "n/a", "nan", "none", "null"}  # how programs write that there is nothing
NOT_BROKEN_DOWN = NONE | {"0", "c00", "all"}  # in the column of a breakdown, for all procedures, transport, partners


@dataclass(frozen=True)
class ColumnNames:
    """The names of the columns of one kind of download; `flows` maps its codes to ours."""

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


# Names are compared without case, spaces and underscores: the client for R writes reporter_code.
PLUS = ColumnNames(
    "period", "reportercode", "partnercode", "flowcode", "cmdcode", "primaryvalue", "classificationcode",
    {"x": TO, "m": FROM}, ("partner2code", "customscode", "motcode", "moscode"),
    "qty", "qtyunitabbr", "netwgt", "isqtyestimated", "isnetwgtestimated",
)  # fmt: skip
OLD = ColumnNames(
    "period", "reportercode", "partnercode", "tradeflowcode", "commoditycode", "tradevalue(us$)",
    "classification", {"2": TO, "1": FROM}, ("2ndpartnercode", "customsproc.code", "modeoftransportcode"),
    "qty", "qtyunit", "netweight(kg)",
)  # fmt: skip


def sniff(book: Book, terms) -> int:
    """Tell how surely a file is of this source: 0 not, 1 if no other source knows it, 2 surely."""
    return 2 if _find_downloads(book) else 0


def _find_downloads(book):
    """Find the sheets of a book that are downloads, each with the names of its columns."""
    for names in (PLUS, OLD):
        needed = {names.period, names.reporter, names.partner, names.flow, names.goods, names.value}
        if downloads := official_table.find(book, needed):
            return [(records, names) for records in downloads]
    return []


def read(books: list[Book], terms) -> Reading:
    """Read downloads of Comtrade.

    Raises: Stop.
    """
    official_table.only_with("China", books, terms, f"{NAME}, as China reports it")
    if terms.kind != "total":
        official_table.only_goods(books, terms, NAME)
    reader = _Reader(terms)
    for book in books:
        for records, names in _find_downloads(book):
            reader.read(records, names)
    return reader.finish()


class _Reader:
    """Reads one download after the other into one set of sums."""

    def __init__(self, terms):
        self.terms, self.sums, self.codes = terms, official_table.Sums(), hs_codes.Codes()
        self.ignored = {
            "for other reporters or partners": 0,
            "broken down further": 0,
            "for re-exports and re-imports": 0,
            "for individual goods": 0,
        }
        self.rounded = 0
        self.broken_down: dict[SumKey, Record] = {}  # the first of each key
        self.first_records = self.names = None

    def read(self, records, names):
        if not self.first_records:
            self.first_records, self.names = records, names
        for row in records.rows(self.terms):
            self._read_row(row, names)

    def _read_row(self, row, names):
        if row.code(names.reporter) != CHINA or row.code(names.partner) != DPRK:
            self.ignored["for other reporters or partners"] += 1
            return
        flow = names.flows.get(row.code(names.flow).casefold())
        if flow is None:
            self.ignored["for re-exports and re-imports"] += 1
            return
        if wrong := _not_hs(row.text(names.classification), row.text("typecode")):
            of_type = wrong.found.startswith("type ") and "typecode" in row.records
            column = "typecode" if of_type else names.classification
            column = column if column in row.records else names.goods
            self.sums.note(row.cell(column), wrong)
            return
        period = official_table.period(row.cell(names.period), row.raw(names.period), self.sums)
        if period is None:
            return
        key = SumKey(self.codes.read(row.raw(names.goods)), flow, *period)
        if any(row.code(name).casefold() not in NOT_BROKEN_DOWN for name in names.breakdowns):
            self.ignored["broken down further"] += 1
            self.broken_down.setdefault(key, row)
            return
        self.sums.refuse_duplicate(row.cell(names.goods), key)
        self._add(row, names, key)

    def _add(self, row, names, key):
        cell, written = row.cell(names.value), row.raw(names.value)
        value = cell_values.rounded(written)
        self.rounded += cell_values.money(written) != value
        is_total = key.key.casefold() in ("total", "ag0")
        if self.terms.kind == "total":
            if is_total:
                self.sums.add(cell, key._replace(key=ALL), value, Quantity())
            else:
                self.ignored["for individual goods"] += 1
        elif is_total and not isinstance(value, Wrong):
            self.sums.totals.append(StatedTotal(cell, key.flow, key.year, key.month, value))
        else:
            self.sums.add(cell, key, value, _quantity(row, names))

    def finish(self):
        for key, row in self.broken_down.items():
            if key not in self.sums.values and key.key.casefold() != "total" and self.terms.kind != "total":
                advice = (
                    "Download the data again, choosing the totals for customs procedure, mode of transport and "
                    "second partner."
                )
                wrong = Wrong("breakdown", f"{key.key} only as a breakdown", "a row for the total", advice)
                self.sums.note(row.cell(next(iter(row.records.at))), wrong)
        if not self.sums.faults and not self.sums.values:
            raise Stop(self._no_rows())
        reading = self.sums.into(Reading(form=NAME))
        reading.remarks += [remark] if (remark := self.codes.check(self.first_records.sheet)) else []
        if self.terms.kind != "total":
            reading.tables["long"], remarks = hs_codes.one_level(reading.tables["long"], self.terms)
            reading.remarks += remarks
        reading.remarks += [
            f"Not read: {counted(count, f'row {what}')}." for what, count in self.ignored.items() if count
        ]
        if self.rounded:
            reading.remarks.append(f"Rounded to the nearest dollar: {counted(self.rounded, 'value with cents')}.")
        return self._describe(reading)

    def _describe(self, reading):
        records, names = self.first_records, self.names

        def column(name, said=""):
            return describe.of_column(records.header[records.at[name]], said)

        value = column(names.value)
        evidence = {"Reporter": column(names.reporter, CHINA), "Partner": column(names.partner, DPRK)}
        evidence |= {"Direction": column(names.flow), "Measure": value, "Level": column(names.goods)}
        evidence |= {"Unit": value._replace(place=f"{value.place} of {NAME}: US dollars")}
        evidence |= {"Frequency": column(names.period), "Period": column(names.period)}
        return official_table.describe_into(reading, records, self.terms, 1, evidence)

    def _no_rows(self):
        if self.terms.kind == "total":
            found, advice = "no row for all goods", "Download commodity code TOTAL as reported by China (156)."
            return self.first_records.sheet.fault("no-rows", advice, found=found, expected="TOTAL rows")
        if self.sums.totals:
            found, advice = (
                "only the total of all goods",
                "Download the data by chapter, heading or subheading (AG2, AG4, AG6).",
            )
        else:
            found, advice = (
                ("no row reported by China for the DPRK"),
                "Download the trade with the DPRK (408) reported by China (156).",
            )
        return self.first_records.sheet.fault(
            "no-rows", advice, found=found, expected="goods trade with the DPRK reported by China"
        )


def _not_hs(classification, kind):
    """Refuse services and classifications other than the Harmonized System."""
    if kind.casefold() not in NONE | {"c"}:
        return Wrong("classification", f"type {kind}", "goods (type C)", "Download data on goods, not services.")
    if classification.casefold() not in NONE and not classification.casefold().startswith("h"):
        return Wrong("classification", classification, "an HS edition (H0 to H6)", "Download the data by HS code.")
    return None


def _quantity(row, names):
    """Return a quantity that was reported, not estimated, in its unit, (135531.0, "kg"), else the net weight."""
    unit = row.text(names.quantity_unit)
    has_unit = unit.casefold() not in NONE | {"no quantity", "-"}
    if has_unit and (amount := _reported_amount(row, names.quantity, names.quantity_estimated)):
        return Quantity(amount, unit[:20])
    if weight := _reported_amount(row, names.weight, names.weight_estimated):
        return Quantity(weight, "kg")
    return Quantity()


def _reported_amount(row, name, estimated_name):
    """Read an amount that is not flagged as estimated; None where there is none, 0 included, or it cannot be read."""
    amount = cell_values.quantity(row.text(name))
    is_estimated = row.text(estimated_name).casefold() == "true"
    return amount if amount and not isinstance(amount, Wrong) and not is_estimated else None
