"""The online query of China's customs (GACC): several part files of 10,000 rows, GB18030, money in yuan or dollars.

    "数据年月","贸易伙伴编码","贸易伙伴名称","商品编码","商品名称","第一数量","第一计量单位","第二数量","第二计量单位","美元",
    "202301","109","朝鲜","27011100","无烟煤","1296592","千克","0","?","5,917,063",

The columns are those that the query chose. The direction is in no column, so it is asked; yuan are refused; other
partners are counted and left out. Whatever a value is split by and the dataset is not (places, goods, trade modes) is
added up, once the editor has said that the parts are complete: a query may have chosen some of them.
"""

from datetime import UTC, datetime

from spreadsheets.sheet import Book, Question, Stop, counted
from trade.importing import cell_values, hs_codes, unit_and_flow
from trade.importing.reading import Reading
from trade.importing.sources import official_table

NAME = "GACC online query"
USD, YUAN = "美元", "人民币"
PERIOD, PARTNER, PARTNER_NAME = "数据年月", "贸易伙伴编码", "贸易伙伴名称"
GOODS, PLACE = "商品编码", "注册地编码"
SPLITS = {GOODS: "goods", PLACE: "registered places", "贸易方式编码": "trade modes"}
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
    """Tell how surely a file is of this form: 0 not, 1 if no other form knows it, 2 surely."""
    return 2 if _found(book) else 0


def _found(book):
    """Find the sheets of a book that are downloads of the query."""
    for money in (USD, YUAN):
        for column in (PARTNER, GOODS, PLACE):
            if found := official_table.find(book, {money, column}):
                return found
    return []


def read(books: list[Book], terms) -> Reading:
    """Read the part files of one download as one.

    Raises: Stop.
    """
    parts = [found for book in books for found in _found(book)]
    _check_columns(parts, terms)
    flow = unit_and_flow.flow(terms, parts[0].sheet, [])
    key = GOODS if terms.kind == "commodity" else PLACE
    rows, others = _rows_of_dprk(parts, terms)
    level = _level(rows, key, terms)
    _ask_to_add_up(rows, key, terms)
    sums, read_codes = official_table.Sums(), hs_codes.Codes()
    for part, number, row in rows:
        if level and len(cell_values.text(row[part.at[GOODS]])) != level:
            continue
        period = _period(part, number, row, terms, sums)
        if period is None:
            continue
        _identify(part, number, row, sums)
        name = row[part.at[key]]
        to = (read_codes.read(name) if key == GOODS else cell_values.text(name), flow, *period)
        sums.add(part, number, USD, to, cell_values.money(row[part.at[USD]]), *_quantity(part, row))
    reading = sums.into(Reading(form=NAME))
    if key == GOODS:
        reading.remarks += [remark] if (remark := read_codes.check(parts[0].sheet)) else []
        reading.tables["long"], remarks = hs_codes.one_level(reading.tables["long"], terms)
        reading.remarks += remarks
    if others:
        reading.remarks.append(f"Not read: {counted(others, 'row of other partners than North Korea')}.")
    if terms.kind == "province":
        reading.speaks = set()
    return reading


def _check_columns(parts, terms):
    """Refuse yuan, and a query without the column that the dataset is by."""
    faults, key = [], GOODS if terms.kind == "commodity" else PLACE
    for part in parts:
        if USD not in part:
            advice = "Run the query again with 美元 (US dollars) as the currency."
            faults.append(part.sheet.fault("currency", advice, found=YUAN, expected=USD))
        if key not in part:
            advice = "Run the query again split by " + (
                "goods (商品)." if key == GOODS else "registered place (注册地)."
            )
            faults.append(part.sheet.fault("no-key", advice, found=", ".join(part.header), expected=f"a column {key}"))
    if len({tuple(part.header) for part in parts}) > 1:
        found = "; ".join(sorted({", ".join(part.header) for part in parts}))
        advice = "Upload the parts of one query at a time."
        faults.append(
            parts[0].sheet.fault("columns-differ", advice, found=found, expected="the same columns in every part")
        )
    if faults:
        raise Stop(*faults)


def _rows_of_dprk(parts, terms):
    """Give the rows of trade with North Korea, and count the others."""
    if PARTNER not in parts[0] and PARTNER_NAME not in parts[0]:
        text = "The file has no column for the partner. Is all of it trade with North Korea (partner 109)?"
        terms.answer(Question("partner", text, [[DPRK_CODE, "Yes, the query chose North Korea alone"]]))
        return [(part, number, row) for part in parts for number, row in part.rows(terms)], 0
    rows, others = [], 0
    for part in parts:
        for number, row in part.rows(terms):
            if _is_dprk(part, row):
                rows.append((part, number, row))
            else:
                others += 1
    if not rows:
        advice = "Run the query again for the partner 109, 朝鲜."
        raise Stop(
            parts[0].sheet.fault(
                "no-rows", advice, found=counted(others, "row of other partners"), expected="rows of 109"
            )
        )
    return rows, others


def _is_dprk(part, row):
    if PARTNER in part:
        return cell_values.text(row[part.at[PARTNER]]) == DPRK_CODE
    return cell_values.text(row[part.at[PARTNER_NAME]]) in DPRK_NAMES


def _level(rows, key, terms):
    """Choose the level of goods that is added up by place: 0 where goods are not added up, or at one level."""
    part = rows[0][0]
    if key == GOODS or GOODS not in part:
        return 0
    levels = sorted({len(cell_values.text(row[part.at[GOODS]])) for part, _number, row in rows})
    if len(levels) == 1:
        return 0
    text = "The file gives goods at several levels, which would count twice. Which level shall be added up?"
    return int(terms.answer(Question("level", text, [[str(n), f"{n} digits"] for n in levels])))


def _ask_to_add_up(rows, key, terms):
    """Ask whether the parts that a value is split by are complete."""
    part = rows[0][0]
    splits = {name: word for name, word in SPLITS.items() if name in part and name != key}
    if splits:
        counts = {name: len({cell_values.text(row[part.at[name]]) for part, _number, row in rows}) for name in splits}
        seen = ", ".join(f"{counts[name]:,} {word}" for name, word in splits.items())
        text = f"The values are split by what this dataset is not by ({seen}). Are these all there are, to be added up?"
        terms.answer(Question("add-up", text, [["yes", "Yes, add them up: the query left none out"]]))


def _period(part, number, row, terms, sums):
    if PERIOD in part:
        return official_table.period(part, number, PERIOD, row[part.at[PERIOD]], sums)
    this_year = datetime.now(UTC).year
    text = "The file does not say its period: the query was not split by month. Which whole year is it?"
    choices = [[str(year), str(year)] for year in range(this_year, 1994, -1)]
    return int(terms.answer(Question("year", text, choices))), 0


def _identify(part, number, row, sums):
    """Refuse a record that was there before, by all columns that are codes or periods."""
    names = [name for name in (PERIOD, PARTNER, *SPLITS) if name in part]
    sums.once(part, number, names[0], tuple(cell_values.text(row[part.at[name]]) for name in names))


def _quantity(part, row):
    """Give the first quantity and its unit in HS notation: (1296592.0, "kg"); (None, None) where there is none."""
    if QUANTITY not in part or QUANTITY_UNIT not in part:
        return None, None
    unit = cell_values.text(row[part.at[QUANTITY_UNIT]])
    if unit in ("", "?", "-"):
        return None, None
    return cell_values.quantity(row[part.at[QUANTITY]]), UNITS.get(unit, unit[:20])
