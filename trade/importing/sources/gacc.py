"""Reads the tables of GACC's online query, China's customs: several part files of 10,000 rows, in GB18030.

    "数据年月","贸易伙伴编码","贸易伙伴名称","商品编码","商品名称","第一数量","第一计量单位","第二数量","第二计量单位","美元",
    "202301","109","朝鲜","27011100","无烟煤","1296592","千克","0","?","5,917,063",

The columns are those that the query chose. The direction is in no column, so it is asked; values in yuan are refused;
other partners are counted and left out. Whatever a value is split by and the dataset is not (places, goods, trade
modes) is added up, once the editor has said that the parts are complete: a query may have chosen some of them.
"""

from datetime import UTC, datetime

from spreadsheets.sheet import Book, Question, Stop, counted
from trade.importing import cell_values, describe, hs_codes, unit_and_flow
from trade.importing.arrow_table import ALL
from trade.importing.cell_values import Wrong
from trade.importing.reading import Reading
from trade.importing.sources import official_table
from trade.importing.sources.official_table import Quantity, SumKey
from trade.importing.texts import flow_words, heading_words
from trade.importing.texts.flow_words import FROM, TO
from trade.importing.texts.period_values import Period

NAME = "GACC online query"
USD, YUAN = "美元", "人民币"
PERIOD, PARTNER, PARTNER_NAME = "数据年月", "贸易伙伴编码", "贸易伙伴名称"
GOODS, PLACE = "商品编码", "注册地编码"
KEYS = {"commodity": GOODS, "province": PLACE, "total": ""}  # the column of what a dataset lists
SPLITS = {GOODS: "goods", PLACE: "registered places", "贸易方式编码": "trade modes"}
FIRST_YEAR = 1995  # that is offered where the file does not say its year
QUANTITY, QUANTITY_UNIT = "第一数量", "第一计量单位"
DPRK_CODE, DPRK_NAMES = "109", {"朝鲜", "朝鲜民主主义人民共和国"}
# As the Harmonized System writes its units.
UNITS = {
    "千克": "kg",
    "克": "g",
    "吨": "t",
    "升": "l",
    "米": "m",
    "平方米": "m2",
    "立方米": "m3",
    "双": "2u",
    "克拉": "carat",
}
UNITS |= dict.fromkeys("个件台辆只套艘架条根块张支把头座副片", "u") | {"千瓦时": "kWh", "千千瓦时": "1000 kWh"}


def sniff(book: Book, terms) -> int:
    """Tell how surely a file is of this source: 0 not, 1 if no other source knows it, 2 surely."""
    return 2 if _find_downloads(book) else 0


def _find_downloads(book):
    """Find the sheets of a book that are downloads of the query."""
    for money in (USD, YUAN):
        for column in (PARTNER, GOODS, PLACE):
            if downloads := official_table.find(book, {money, column}):
                return downloads
    return []


def read(books: list[Book], terms) -> Reading:
    """Read the part files of one download as one.

    Raises: Stop.
    """
    official_table.only_with("China", books, terms, NAME)
    parts = [records for book in books for records in _find_downloads(book)]
    _check_columns(parts, terms)
    directed = _column_of_flows(parts[0])
    flow = "" if directed else unit_and_flow.flow(terms, parts[0].sheet, [])
    key = KEYS[terms.kind]
    rows, others = _rows_of_dprk(parts, terms)
    level = _level(rows, key, terms)
    _ask_to_add_up(rows, key, terms)
    sums, codes = official_table.Sums(), hs_codes.Codes()
    for row in rows:
        if level and len(row.code(GOODS)) != level:
            continue
        period = _period(row, terms, sums)
        if period is None:
            continue
        _refuse_duplicate(row, sums, directed)
        name = codes.read(row.raw(GOODS)) if key == GOODS else row.code(key) if key else ALL
        own_flow = flow or _flow_of_row(row, directed, sums)
        sums.add(row.cell(USD), SumKey(name, own_flow, *period), cell_values.money(row.raw(USD)), _quantity(row))
    reading = sums.into(Reading(form=NAME))
    if key == GOODS:
        reading.remarks += [remark] if (remark := codes.check(parts[0].sheet)) else []
        reading.tables["long"], remarks = hs_codes.one_level(reading.tables["long"], terms)
        reading.remarks += remarks
    if others:
        reading.remarks.append(f"Not read: {counted(others, 'row for partners other than the DPRK')}.")
    if key != GOODS:
        reading.speaks = set()
    return _describe(reading, parts[0], terms, flow)


def _describe(reading, records, terms, flow):
    """Say what was read: the query's columns tell all but the direction."""

    def column(*names):
        header = next((name for name in names if name in records), "")
        return describe.of_column(header) if header else describe.Evidence("", describe.ANSWERED)

    evidence = {
        "Reporter": describe.Evidence("", f"{NAME}: what China reports"),
        "Partner": column(PARTNER, PARTNER_NAME),
    }
    direction = _said_flow(records, terms, flow) if flow else column(_column_of_flows(records))
    evidence |= {"Direction": direction, "Measure": column(USD), "Unit": column(USD)}
    evidence |= {"Frequency": column(PERIOD), "Period": column(PERIOD)}
    return official_table.describe_into(reading, records, terms, 1, evidence)


def _said_flow(records, terms, flow):
    if records.sheet.name and flow_words.flow(records.sheet.name) == flow:
        return describe.Evidence(records.sheet.name, "sheet name")
    return describe.Evidence("", describe.CHOSEN if terms.flow == flow else describe.ANSWERED)


def _check_columns(parts, terms):
    """Refuse yuan, and a query without the column that the dataset is by."""
    faults, key = [], KEYS[terms.kind]
    for part in parts:
        if USD not in part:
            advice = "Run the query again with 美元 (US dollars) as the currency."
            faults.append(part.sheet.fault("currency", advice, found=YUAN, expected=USD))
        if key and key not in part:
            advice = "Run the query again, split by " + (
                "goods (商品)." if key == GOODS else "registered place (注册地)."
            )
            faults.append(
                part.sheet.fault("no-key", advice, found=", ".join(part.header), expected=f"a column named {key}")
            )
    if len({tuple(part.at) for part in parts}) > 1:
        found = "; ".join(sorted({", ".join(part.header) for part in parts}))
        advice = "Upload only files from the same query together."
        faults.append(
            parts[0].sheet.fault("columns-differ", advice, found=found, expected="the same columns in every part")
        )
    if faults:
        raise Stop(*faults)


def _rows_of_dprk(parts, terms):
    """Return the rows of trade with North Korea, and how many others there are."""
    if PARTNER not in parts[0] and PARTNER_NAME not in parts[0]:
        text = "The file has no partner column. Does it contain only trade with the DPRK (partner 109)?"
        terms.answer(Question("partner", text, [[DPRK_CODE, "Yes, the query selected only the DPRK"]]))
        return [row for part in parts for row in part.rows(terms)], 0
    rows, others = [], 0
    for part in parts:
        for row in part.rows(terms):
            if _is_dprk(row):
                rows.append(row)
            else:
                others += 1
    if not rows:
        advice, found = "Run the query again for the partner 109, 朝鲜.", counted(others, "row for other partners")
        raise Stop(parts[0].sheet.fault("no-rows", advice, found=found, expected="rows for partner 109"))
    return rows, others


def _is_dprk(row):
    if PARTNER in row.records:
        return row.code(PARTNER) == DPRK_CODE
    return row.text(PARTNER_NAME) in DPRK_NAMES


def _level(rows, key, terms):
    """Choose the level of goods that is added up by place: 0 where goods are not added up, or at one level."""
    if key == GOODS or GOODS not in rows[0].records:
        return 0
    levels = sorted({len(row.code(GOODS)) for row in rows})
    if len(levels) == 1:
        return 0
    text = "The file lists goods at several levels, so values would be counted twice. Which level should be summed?"
    return int(terms.answer(Question("level", text, [[str(n), f"{n} digits"] for n in levels])))


def _ask_to_add_up(rows, key, terms):
    """Ask whether the parts that a value is split by are complete."""
    splits = {name: word for name, word in SPLITS.items() if name in rows[0].records and name != key}
    if splits:
        counts = {name: len({row.text(name) for row in rows}) for name in splits}
        seen = ", ".join(f"{counts[name]:,} {word}" for name, word in splits.items())
        text = (
            f"The values are broken down by {seen}, which this dataset does not use. Does the file contain every "
            "category, so that they can be summed?"
        )
        terms.answer(Question("add-up", text, [["yes", "Yes, sum them: the query includes every category"]]))


def _period(row, terms, sums):
    if PERIOD in row.records:
        return official_table.period(row.cell(PERIOD), row.raw(PERIOD), sums)
    this_year = datetime.now(UTC).year
    text = "The file does not state its period because the query was not split by month. Which full year does it cover?"
    choices = [[str(year), str(year)] for year in range(this_year, FIRST_YEAR - 1, -1)]
    return Period(int(terms.answer(Question("year", text, choices))), 0)


def _column_of_flows(records):
    """Find a column of directions, which editors add: the query has none."""
    return next((name for name in records.at if heading_words.column(name).role == "flow"), "")


def _flow_of_row(row, name, sums):
    flow = flow_words.flow_of_cell(row.raw(name))
    if flow not in (TO, FROM):
        expected, advice = "出口 or 进口", "Enter the direction of this row."
        sums.note(row.cell(name), Wrong("flow", row.text(name) or "a blank", expected, advice))
    return flow


def _refuse_duplicate(row, sums, directed):
    """Refuse a record that was there before, by all columns that are codes or periods."""
    names = [name for name in (PERIOD, PARTNER, *SPLITS, directed) if name in row.records] or [USD]
    sums.refuse_duplicate(row.cell(names[0]), tuple(row.text(name) for name in names))


def _quantity(row):
    """Return the first quantity in a unit of HS notation: (1296592.0, "kg"); (None, None) where there is none."""
    if QUANTITY not in row.records or QUANTITY_UNIT not in row.records:
        return Quantity()
    unit = row.text(QUANTITY_UNIT)
    if unit in ("", "?", "-"):
        return Quantity()
    return Quantity(cell_values.quantity(row.raw(QUANTITY)), UNITS.get(unit, unit[:20]))
