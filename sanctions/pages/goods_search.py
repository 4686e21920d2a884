"""What a reader who types into the list of sanctions means: "is coal banned? since when?", "2701", "2371".

The answer is of goods first, with the sentence of what applies to them, then of the measures that have the words.
"""

import re
import unicodedata
from typing import NamedTuple

from django.utils.translation import gettext as _

from sanctions.code_text import CHAPTERS
from sanctions.pages.named_goods import GoodsNames, page_of, provider
from sanctions.rule_sentences import sentences

MOST = 3  # goods that are answered about
DETAIL = 6  # digits of the codes that are listed only where nothing above them has the words
SMALL_WORDS = re.compile(  # what a question says around its goods
    "a|about|all|allowed|and|any|apply|are|ban|banned|bans|be|been|by|can|cap|capped|caps|did|do|does|dprk|export|"
    "exported|exports|for|forbidden|from|goods|has|have|how|in|import|imported|imports|is|it|its|korea|korean|legal|may|"
    "of|on|or|north|prohibited|resolution|resolutions|sanction|sanctioned|sanctions|sell|since|still|than|that|the|"
    "their|there|these|they|this|to|trade|un|under|was|were|what|when|which|why|with"
)


class Asked(NamedTuple):
    """A question taken apart: words in their stems, codes of the HS, and all numbers."""

    words: list[str]
    codes: list[str]
    numbers: list[int]


class Goods(NamedTuple):
    """Goods that were found, with what applies to them: no sentence where no measure names them."""

    name: str
    code: str
    url: str
    sentences: list[str]


class Found(NamedTuple):
    """What was found: at most three goods, the measures that bear on them or have the words, and the goods' codes."""

    goods: list[Goods]
    measures: list
    codes: list[str]


def asked(text: str) -> Asked:
    """Take a question apart: asked("Is coal (27.01) banned?") -> Asked(["coal"], ["2701"], [2701])."""
    text = unicodedata.normalize("NFKC", text).casefold()
    digits = [found.replace(".", "") for found in re.findall(r"\d[\d.]*\d", text)]
    words = [word for word in re.findall(r"[^\W\d_]{2,}", text) if not SMALL_WORDS.fullmatch(word)]
    codes = [one for one in digits if len(one) in (2, 4, 6, 8, 10) and one[:2] in CHAPTERS]
    return Asked([_stem(word) for word in words], codes, [int(one) for one in digits if len(one) <= 4])


def find(text: str, measures: list) -> Found:
    """Find goods and measures; `measures` are all, with their codes at hand. At most eight queries."""
    question = asked(text)
    numbers = {measure.resolution_id for measure in measures}.intersection(question.numbers)
    codes = [code for code in question.codes if code.isdecimal() and int(code) not in numbers]
    question = Asked(question.words, codes, sorted(numbers))
    if not any(question):
        return Found([], [], [])
    goods = _goods(question, measures)[:MOST]
    codes = [code for _name, own in goods for code in own]
    speaking = [one for one in measures if _speaks_of(one, question) or _bears_on(one, codes)]
    names = GoodsNames(codes)
    return Found([_answer(name, own, names, measures) for name, own in goods], speaking, codes)


def _goods(question, measures):
    """Goods with their codes, the best first: what measures touch before all else, the general before the detailed."""
    if question.codes:
        names = GoodsNames(question.codes)
        return [(names.name(code), [code]) for code in question.codes[:MOST]]
    if not question.words:
        return []
    found = [(section["name"], section["chapters"], section["name"]) for section in provider().sections()]
    chapters = [code for _name, codes, _title in found for code in codes]
    found += [(name, [code], name) for code, name in provider().names(chapters).items()]
    found += [(row["name"], [row["code"]], row["title"]) for row in provider().titled(question.words)]
    found = [row for row in found if _has(f"{row[0]} {row[2]}", question.words)]
    return [(name, codes) for name, codes, _title in _without_details(_best(found, question.words, measures))]


def _best(found, words, measures):
    """Of the goods that begin with the first word, else of all: those that measures touch, else one; general first."""
    beginning = [row for row in found if any(text.casefold().startswith(words[0]) for text in (row[0], row[2]))]
    likely = sorted(beginning or found, key=lambda row: (len(row[1][0]), row[1]))
    rules = [rule for measure in measures for rule in measure.rules]
    touched = [row for row in likely if any(rule.covers(code) for rule in rules for code in row[1])]
    return [row for row in touched if len(row[1][0]) < DETAIL] or touched or likely[:1]


def _without_details(rows):
    """Leave out what stands below goods that are listed already."""
    listed = []
    for row in rows:
        if not any(code.startswith(above) for code in row[1] for one in listed for above in one[1]):
            listed.append(row)
    return listed


def _answer(name, codes, names, measures):
    bearing = [one for one in measures if _bears_on(one, codes)]
    section = names.section(codes)
    code = f"{codes[0]}–{codes[-1]}" if len(codes) > 1 else codes[0]
    url = page_of(section["slug"]) if section else names.url(codes[0])
    return Goods(name, code, url, sentences(bearing, codes))


def _bears_on(measure, codes):
    return any(rule.covers(code) for rule in measure.rules for code in codes)


def _speaks_of(measure, question):
    """Whether a measure is of a resolution that was asked for, or has all words in its own."""
    if measure.resolution_id in question.numbers:
        return True
    said = f"{measure.goods} {measure.get_category_display()} {measure.measure}"
    return bool(question.words) and _has(said, question.words)


def _has(text, words):
    text = text.casefold()
    return all(re.search(rf"\b{re.escape(word)}", text) for word in words)


def _stem(word):
    """A word without the ending of a plural: "textiles" -> "textile", "statues" -> "statue"."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def nothing_found(text: str) -> str:
    return _("Nothing was found for “%(text)s”. Try a word such as coal, a code such as 2701, or a resolution.") % {
        "text": text
    }
