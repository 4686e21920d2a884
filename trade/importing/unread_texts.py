"""Looks at what stands around tables and was not read: more words of titles, notes, and sheets without a table.

A title is understood when all its words are. A note may say that one value is an estimate, or that yuan are meant: it
is shown, unless it only names a source. Nothing of it is passed over in silence: the editor ticks it, or changes the
file.
"""

import re

from spreadsheets.sheet import Sheet
from trade.importing.texts import countries, heading_words, money_units, unexplained
from trade.importing.texts.heading_text import plain

MOST, LONGEST = 6, 120  # texts that are quoted, and characters of each
SOURCE = re.compile(
    r"[(（\[*]? ?(?:data )?(?:source|retrieved|accessed|downloaded|extracted|published|updated|last updated|prepared"
    r"|compiled|created|printed|author|contact|copyright|©)s?\b.*"
    r"|[(（\[*]? ?(?:资料|数据)?来源.*|[(（\[*]? ?(?:审核人|制表人?|填表人?|复核|打印|制表日期|填报|更新|下载|查询).*"
    r"|[(（\[*]? ?(?:자료 ?출처|자료|출처|작성|갱신|조회).*"
)
NARROWS = re.compile(
    r"\bexclud|\bexcept|\bwithout\b|\bnot includ|\bonly\b|\bomit|\binclud"
    r"|不含|不包[括含]|剔除|扣除|除外|包[括含]|经.{0,6}转|제외|불포함|포함"
)
# Lines that our workbook has around its tables: the day of its release and the word “estimates” say nothing of values.
OUR_LINES = re.compile(
    r"“(?:Release \d+ of \d{4}-\d\d-\d\d\.|Unit: US dollars\. (?:Reported values only|One row per value)|Source: "
    r"|DEMONSTRATION: these figures are invented)"
)
SPEAK_OF_TEXTS = ("measure", "part-year", "cumulative")  # doubts that say already what a text speaks of
TITLES = ("title", "name of the sheet", "header")


def of_table(reading, sheet: Sheet, titles, notes, terms, unit: int, keys=()) -> None:
    """Keep for `ask` what is not understood of a table's titles, notes, headers of names and the name of its sheet."""
    named = [sheet.name] if sheet.name and not terms.knows(sheet.name) else []
    headers = [header for header in keys if not terms.knows(heading_words.plain(header))]
    for kind, texts in (("title", titles), ("name of the sheet", named), ("header", headers)):
        for text in dict.fromkeys(map(str, texts)):
            if words := unexplained.words(text):
                reading.unread_texts.append((sheet, kind, text, ", ".join(dict.fromkeys(words))))
    for text in dict.fromkeys(map(str, notes)):
        doubtful = contradiction(text, terms, unit)
        if doubtful or not SOURCE.fullmatch(plain(text)) and unexplained.words(text):
            reading.unread_texts.append((sheet, "note", text, doubtful))


def of_other_sheet(reading, sheet: Sheet, terms) -> None:
    """Keep for `ask` the texts of a sheet without a table that contradict what was read."""
    texts = [cell for row in sheet.head for cell in row if isinstance(cell, str) and cell.strip()]
    for text in dict.fromkeys([sheet.name, *texts]):
        if doubtful := contradiction(text, terms):
            reading.unread_texts.append((sheet, "text", text, doubtful))


def of_note_column(reading, sheet: Sheet, notes, terms) -> None:
    """Keep for `ask` the notes beside values that speak of another country or currency; the others are published."""
    for text in sorted(notes):
        if (doubtful := contradiction(text, terms)) in ("another country", "another currency"):
            reading.unread_texts.append((sheet, "note beside a value", text, doubtful))


def of_comments(reading, sheet: Sheet, terms) -> None:
    """Keep for `ask` the comments on cells that say more than is understood."""
    for (row, column), text in sheet.comments.items():
        doubtful = contradiction(text, terms)
        if doubtful or unexplained.words(text):
            reading.unread_texts.append((sheet, f"comment on {sheet.place(row, column)}", text, doubtful))


def contradiction(text: str, terms, unit: int = 0) -> str:
    """Say which other values than those that were read a text speaks of: "Figures are in RMB" -> "another currency"."""
    named, money = countries.named(text), money_units.units([text])
    if countries.strangers(named, terms) or countries.KOREA in named.unclear:
        return "another country"
    if money.other:
        return "another currency"
    if (money.scales and money.scales != {unit}) or money.unclear:
        return "another unit"
    return heading_words.not_the_trade(text) or ("what is included" if NARROWS.search(plain(text)) else "")


def ask(reading) -> None:
    """Have the editor confirm the texts that were kept: one tick for titles, one for notes and other sheets."""
    if reading.signature:
        reading.doubts = [[key, sentence] for key, sentence in reading.doubts if not OUR_LINES.search(sentence)]
    said = [sentence for key, sentence in reading.doubts if key in SPEAK_OF_TEXTS]
    quoted = {text for sentence in said for text in re.findall("“([^”]+)”", sentence)}
    kept = [one for one in reading.unread_texts if one[2].strip()[:LONGEST] not in quoted]
    if reading.signature:  # our own files: what stands around their tables is ours, but not what was added to cells
        kept = [one for one in kept if one[1].startswith(("comment", "note beside"))]
    titles = [one for one in kept if one[1] in TITLES]
    notes = [one for one in kept if one not in titles]
    if titles:
        listed = _listed([f"{_quote(sheet, kind, text)} says “{words}”" for sheet, kind, text, words in titles])
        sentence = f"Not understood, beside what the values were read as: {listed}."
        reading.doubts.append(["title", sentence])
    _merge(reading, "year")
    _merge(reading, "unit")
    if notes:
        notes.sort(key=lambda one: not one[3])
        listed = _listed([_quote(sheet, kind, text) + f" ({why})" * bool(why) for sheet, kind, text, why in notes])
        reading.doubts.append(["note", f"Not taken into account: {listed}."])


def _merge(reading, key):
    """Put the ticks of one kind for many tables into one."""
    sentences = list(dict.fromkeys(sentence for found, sentence in reading.doubts if found == key))
    if len(sentences) < 2:
        return
    more = len(sentences) - MOST
    said = " ".join(sentences[:MOST]) + (f" And {more:,} more like these." if more > 0 else "")
    place = next(n for n, doubt in enumerate(reading.doubts) if doubt[0] == key)
    reading.doubts = [doubt for doubt in reading.doubts if doubt[0] != key]
    reading.doubts.insert(place, [key, said])


def _quote(sheet, kind, text):
    where = f"sheet “{sheet.name}”" if sheet.name else sheet.file
    return f"the {kind} “{text.strip()[:LONGEST]}” ({where})"


def _listed(quotes):
    quotes = list(dict.fromkeys(quotes))
    more = len(quotes) - MOST
    return "; ".join(quotes[:MOST]) + (f"; and {more:,} more" if more > 0 else "")
