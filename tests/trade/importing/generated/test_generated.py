"""The reader against tables and titles whose truth is known: nothing is read as what it is not, little is refused.

Editors can mend a refusal and answer a question; what was read wrongly is published. So nothing may be read wrongly,
and of the tables that say everything once, few may be refused or asked about.
"""

import random
from collections import Counter
from dataclasses import dataclass

import pytest

from tests.files import text
from tests.samples import some
from tests.trade.importing.conftest import LIMITS, Read
from tests.trade.importing.generated import names
from tests.trade.importing.generated.tables import Table, Truth, table
from tests.trade.importing.generated.titles import TITLES, Title
from trade.importing import detect
from trade.importing.reading import TradeTerms
from trade.reference.spelling import normalise

SEEDS = some(range(5000), 24)
MOST_REFUSED, MOST_ASKED = 0.05, 0.10  # of the clear tables
VOCABULARY = {
    "province": {normalise(name): code for name, code in names.CODE_OF.items() if code.startswith("CN-")},
    "commodity": {f"{number:02d}": f"{number:02d}" for number in range(1, 100)},
}
KNOWN = {*names.CODE_OF, *VOCABULARY["commodity"], "estimate"}
# A doubt that the editor must tick is a question about a thing where it is of that thing, or quotes its words.
KEYS = {
    "partner": {"partner", "country"},
    "flow": {"flow", "exports", "total", "balance"},
    "unit": {"unit", "scale"},
    "span": {"span", "part-year", "cumulative", "months", "roll-over", "quarter", "period"},
    "measure": {"measure", "estimate", "constant", "reexport", "re-export", "component", "index"},
}


@dataclass
class Outcome:
    """What came of reading one table: read, asked, refused or wrong; and why, in short."""

    is_: str
    why: str = ""
    clear: bool = False
    group: tuple = ()
    seen: str = ""


@pytest.fixture
def outcome(tmp_path):
    """Read one file, without any answer, and compare what came of it with its truth."""
    path = tmp_path / "file"

    def go(data: bytes, truth: Truth, kind="province") -> Outcome:
        path.write_bytes(data)
        terms = TradeTerms(kind=kind, partner="China", vocabulary=VOCABULARY[kind], limits=LIMITS)
        return judged(Read(detect.read([("file", path)], terms)), truth)

    return go


def mixed(values: list) -> list:
    """Values in another order, always the same, so that the first ones are of every kind."""
    return random.Random("mixed").sample(values, len(values))


def judged(found: Read, truth: Truth) -> Outcome:
    """Tell what came of a reading, by its truth."""
    if found.faults:
        fault = found.faults[0]
        return Outcome("refused", f"{fault.code}: found {fault.found[:70]!r}, expected {fault.expected[:50]!r}")
    if found.questions:
        return Outcome("asked", found.questions[0].key)
    read = values(found)
    if strange := {at[0] for at in read} - KNOWN:
        return Outcome("refused", f"unknown-name: {sorted(strange)[:3]}")  # as the checks that come next do
    if truth.issue:
        doubts = [key for key, sentence in found.doubts if names_the_issue(key, sentence, truth)]
        return Outcome("asked", f"tick {doubts[0]}") if doubts else Outcome("wrong", f"{truth.issue} not seen")
    return Outcome("read") if read == truth.values else Outcome("wrong", difference(read, truth.values))


def values(found: Read) -> dict:
    """The values that were read, by code; those that are estimates under a key of their own."""
    read = {layout: found.values(layout) for layout in found.reading.tables}
    estimates = {("estimate", *at): value for at, value in found.estimates().items()} if found.reading.tables else {}
    merged = {at: value for part in read.values() for at, value in part.items()} | estimates
    return {_coded(at): value for at, value in merged.items() if value is not None}


def _coded(at):
    """Write the place of a value with the code of its name, in plain numbers."""
    *key, flow, year, month = at
    return (*key[:-1], names.CODE_OF.get(key[-1], key[-1]), flow, int(year), int(month))


def names_the_issue(key, sentence, truth: Truth) -> bool:
    """Whether a doubt is about what must not pass in silence: a scale beside a unit is no word about a country."""
    if key == "unit" and truth.issue != "unit":
        return False
    quotes = bool(truth.word) and truth.word.casefold() in sentence.casefold()
    return key in KEYS[truth.issue] or quotes


def difference(read, truth) -> str:
    """Say in short in what values differ from the truth."""
    if lost := set(truth) - set(read):
        instead = sorted(map(repr, set(read) - set(truth)))[:1]
        return f"other cells: {min(lost)} became {instead[0] if instead else 'nothing'}, {len(lost)} in all"
    if more := set(read) - set(truth):
        return f"more cells: {min(more, key=repr)}, {len(more)} in all"
    ratios = {read[at] / truth[at] for at in truth}
    return f"values × {min(ratios):g}" if len(ratios) == 1 else f"values × {min(ratios):g} and × {max(ratios):g}"


def told(outcomes) -> str:
    """Count outcomes by layout and language, and quote the commonest reasons."""
    lines = [f"{'':32}" + "".join(f"{word:>9}" for word in ("read", "asked", "refused", "wrong"))]
    for at in range(len(outcomes[0].group)):
        for name in dict.fromkeys(one.group[at] for one in outcomes):
            lines.append(_counts(name, [one for one in outcomes if one.group[at] == name]))
    clear = [one for one in outcomes if one.clear]
    return "\n".join([*lines, _counts("clear", clear), _counts("all", outcomes)])


def _counts(name, outcomes):
    count = Counter(one.is_ for one in outcomes)
    return f"{name:32}" + "".join(f"{count[word]:9}" for word in ("read", "asked", "refused", "wrong"))


def wrong(outcomes) -> list[str]:
    return [f"{one.why} | {one.seen}" for one in outcomes if one.is_ == "wrong"]


# --- whole tables --------------------------------------------------------------------------------------------------


def of_table(outcome, made: Table) -> Outcome:
    one = outcome(made.data, made.truth, made.kind)
    one.clear, one.group, one.seen = made.truth.clear, (made.layout, made.language), str(made)
    return one


@pytest.fixture(scope="module")
def kept():
    """The outcomes of all tables and of all titles, once for the tests that ask for them."""
    return {}


@pytest.fixture
def outcomes(outcome, kept):
    if "tables" not in kept:
        kept["tables"] = [of_table(outcome, table(seed)) for seed in SEEDS]
    return kept["tables"]


@pytest.mark.slow
def test_no_table_is_read_as_what_it_is_not(outcomes, record_property):
    record_property("told", told(outcomes))
    assert wrong(outcomes) == [], told(outcomes)


@pytest.mark.slow
def test_of_tables_that_say_everything_few_are_refused(outcomes):
    clear = [one for one in outcomes if one.clear]
    refused = [f"{one.why} | {one.seen}" for one in clear if one.is_ == "refused"]
    assert len(refused) <= MOST_REFUSED * len(clear), refused


@pytest.mark.slow
def test_of_tables_that_say_everything_few_are_asked_about(outcomes):
    clear = [one for one in outcomes if one.clear]
    asked = [f"{one.why} | {one.seen}" for one in clear if one.is_ == "asked"]
    assert len(asked) <= MOST_ASKED * len(clear), asked


# --- titles --------------------------------------------------------------------------------------------------------

ROWS = {
    "en": [["Province", 2022, 2023, 2024], ["Liaoning", 11, 12, 13], ["Jilin", 21, 22, 23]],
    "zh": [["省份", 2022, 2023, 2024], ["辽宁", 11, 12, 13], ["吉林", 21, 22, 23]],
    "ko": [["지역", 2022, 2023, 2024], ["랴오닝성", 11, 12, 13], ["지린성", 21, 22, 23]],
}
MONTHLY = ["2024-01", "2024-02", "2024-03"]


def truth_below(title: Title, months: bool) -> Truth:
    """What is true of a table of years (or months) of small numbers below a title."""
    issues = {
        "partner": title.partner in ("other", "ambiguous"),
        "measure": title.measure != "value",
        "span": title.span == "part",
        "flow": title.flow not in ("to_dprk", "from_dprk"),
        "unit": title.unit in ("other", "scale"),
    }
    issue = next((issue for issue, is_one in issues.items() if is_one), "")
    periods = [(2024, 1), (2024, 2), (2024, 3)] if months else [(2022, 0), (2023, 0), (2024, 0)]
    cells = {("CN-LN", 11): 0, ("CN-JL", 21): 0}
    values = {
        (code, title.flow, *period): (first + n) * (title.unit or 1)
        for code, first in cells
        for n, period in enumerate(periods)
        if not issue
    }
    return Truth(
        values, issue, title.text if issue else "", clear=not issue and title.partner == "dprk" and bool(title.unit)
    )


def below(title: str, language: str, months=False) -> bytes:
    header, *rows = ROWS[language]
    return text([[title], [header[0], *MONTHLY] if months else header, *rows])


def of_title(outcome, title: Title, language) -> Outcome:
    months = title.span == "months"
    truth = truth_below(title, months)
    one = outcome(below(title.text, language, months), truth)
    one.clear, one.group, one.seen = truth.clear, (language, truth.issue or "values"), title.text
    return one


@pytest.fixture
def below_titles(outcome, kept):
    if "titles" not in kept:
        pairs = some(mixed([(title, language) for language, titles in TITLES.items() for title in titles]), 32)
        kept["titles"] = [of_title(outcome, title, language) for title, language in pairs]
    return kept["titles"]


@pytest.mark.slow
def test_no_title_is_taken_for_what_it_does_not_say(below_titles, record_property):
    record_property("told", told(below_titles))
    assert wrong(below_titles) == [], told(below_titles)


@pytest.mark.slow
def test_of_titles_that_say_everything_few_are_refused_or_asked_about(below_titles):
    clear = [one for one in below_titles if one.clear]
    by_word = {word: [f"{one.why} | {one.seen}" for one in clear if one.is_ == word] for word in ("refused", "asked")}
    assert len(by_word["refused"]) <= MOST_REFUSED * len(clear), by_word["refused"]
    assert len(by_word["asked"]) <= MOST_ASKED * len(clear), by_word["asked"]


# --- countries -----------------------------------------------------------------------------------------------------

FORMS = {
    "en": ["China's exports to {} (US$)", "Exports to {} (US$)"],
    "zh": ["中国对{}出口（美元）", "对{}出口额（美元）"],
    "zh_Hant": ["中國對{}出口（美元）", "對{}出口額（美元）"],
    "ko": ["중국의 대 {} 수출(달러)", "대{} 수출액(달러)"],
}
COUNTRIES = [
    (form, name, locale) for locale, forms in FORMS.items() for form in forms for name in names.territories(locale)
]
LANGUAGES = {locale: language for language, locales in names.LOCALES.items() for locale in locales}


def of_country(outcome, form, name, language, truth) -> Outcome:
    one = outcome(below(form.format(name), language), truth)
    one.group, one.seen = (language,), form.format(name)
    return one


@pytest.mark.slow
def test_exports_to_any_other_country_are_never_exports_to_the_dprk(outcome, record_property):
    found = []
    for form, name, locale in some(mixed(COUNTRIES), 40):
        found.append(of_country(outcome, form, name, LANGUAGES[locale], Truth(issue="partner", word=name)))
    record_property("told", told(found))
    assert wrong(found) == [], told(found)


@pytest.mark.slow
@pytest.mark.parametrize("language", list(names.LOCALES))
def test_exports_to_the_other_korea_under_any_name_are_refused_or_asked_about(outcome, language):
    found = [
        of_country(outcome, form, name, language, Truth(issue="partner", word=name))
        for form in FORMS[language]
        for name in (*names.SEOUL[language], *names.MANY[language])
    ]
    assert wrong(found) == []


@pytest.mark.parametrize("form", FORMS["en"])
def test_a_bare_korea_is_asked_about(outcome, form):
    assert of_country(outcome, form, "Korea", "en", Truth(issue="partner", word="Korea")).is_ == "asked"


EXPORTS = {
    (code, "to_dprk", year, 0): value
    for code, first in (("CN-LN", 11), ("CN-JL", 21))
    for year, value in zip((2022, 2023, 2024), range(first, first + 3), strict=True)
}
SPELLINGS = [
    (form, name, language) for language in names.DPRK for name in names.DPRK[language] for form in FORMS[language]
]


@pytest.mark.parametrize(("form", "name", "language"), some(mixed(SPELLINGS), 8))
def test_every_name_of_the_dprk_is_read(outcome, form, name, language):
    one = of_country(outcome, form, name, language, Truth(EXPORTS, clear=True))
    assert (one.is_, one.why) == ("read", "")
