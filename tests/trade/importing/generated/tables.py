"""Tables of trade by chance, each with its truth: `table(7)` is always the same table of the same values.

A table says its flow, its partner, its unit and its period, each in one of the places where people say such things,
and one in three says something that must not be read in silence: another country, a sum of both directions, another
currency, a part of a year, a quantity.
"""

import random
import re
from dataclasses import dataclass, field

from tests.files import text, xlsx
from tests.trade.importing.generated import names, phrases
from tests.trade.importing.generated.titles import MILLION, THOUSAND, WAN, YI

LAYOUTS = {  # how many flows each holds
    "wide years": 1,
    "wide months": 1,
    "long": 2,
    "long, flows as columns": 2,
    "one year, flows as columns": 2,
    "flows under years": 2,
    "a sheet per flow": 2,
    "a sheet per year": 2,
}
FLOWS = ["to_dprk", "from_dprk"]
TRAPS = ["partner", "flow", "unit", "span", "measure"]
IN_SHEET_NAME = 31  # characters that Excel allows
NOT_IN_SHEET_NAME = set("[]:*?/\\")
OF_PROVINCES = re.compile("provinc|各省|各地区|分省|성별|성시", re.IGNORECASE)  # not said above a table of goods
NO_MONEY = {"quantity", "share", "growth", "index"}


@dataclass
class Truth:
    """What a table holds: its values in dollars, or the one thing about it that must be refused or asked."""

    values: dict = field(default_factory=dict)  # {("CN-LN", "to_dprk", 2016, 0): 1666290000}
    issue: str = ""  # partner, flow, unit, span, measure
    word: str = ""  # in which the table says it; "" where it says nothing
    clear: bool = False  # flow, partner, unit and period are each said once: there is nothing to ask


@dataclass
class Table:
    """A file with one table (or a sheet per flow, or per year), and what is true of it."""

    seed: int
    layout: str
    language: str
    kind: str
    sheets: dict
    truth: Truth
    places: dict  # {"unit": "title", "flow": "sheet"}
    as_text: bool

    @property
    def data(self) -> bytes:
        return text(*self.sheets.values()) if self.as_text else xlsx(self.sheets)

    def __str__(self):
        """Show the beginning of it: what was said, and where."""
        begins = [f"{name}: {' / '.join(_line(row) for row in rows[:5])}" for name, rows in self.sheets.items()]
        said = f"{self.truth.issue or 'values'} {self.truth.word}".strip()
        return f"#{self.seed} {self.layout}, {self.language}, truth: {said} | {' || '.join(begins[:2])}"


def _line(row):
    return "; ".join("" if cell is None else str(cell) for cell in row)


def table(seed: int) -> Table:
    """Make the table of a seed."""
    return _Maker(random.Random(f"table {seed}")).make(seed)


class _Maker:
    """Makes one table: chooses what is said and where, writes the grid, and puts the rest around it."""

    def __init__(self, rng):
        self.rng = rng
        self.kind = rng.choice(["province", "province", "commodity"])
        self.layout, self.language = self.pick(list(LAYOUTS)), self.pick(list(names.LOCALES))
        self.trap = self.pick(TRAPS) if rng.random() < 0.35 else ""
        self.columns = {what: self.pick(called) for what, called in names.COLUMNS[self.language].items()}
        self.single = LAYOUTS[self.layout] == 1
        self.truth = Truth(issue=self.trap)
        self._choose_facts()
        self._choose_places()
        self._choose_words_of_flows()
        self._choose_body()

    def pick(self, choices):
        """Choose one of some words; a table of goods says nothing of provinces where it can."""
        of_goods = [one for one in choices if self.kind == "commodity" and not OF_PROVINCES.search(str(one))]
        return self.rng.choice(of_goods or choices)

    def make(self, seed) -> Table:
        sheets = getattr(self, _WRITERS[self.layout])()
        if "sheet" in self.places.values():
            sheets = {self._sheet_name(): next(iter(sheets.values()))}
        sheets = {name: self._decorated(rows, title) for name, (rows, title) in sheets.items()}
        self.truth.values = {} if self.truth.issue else self._dollars()
        self.truth.clear = not self.truth.issue and self._is_clear()
        as_text = len(sheets) == 1 and "sheet" not in self.places.values() and self.rng.random() < 0.3
        return Table(seed, self.layout, self.language, self.kind, sheets, self.truth, self.places, as_text)

    # --- what is said, and where ---

    def _choose_facts(self):
        pick, language = self.pick, self.language
        self.flow = pick(["total", "balance"]) if self.trap == "flow" and self.single else pick(FLOWS)
        self.partner = pick([name for name in names.DPRK[language] if len(name) > 1])
        self.unit = pick([1, 1, THOUSAND, THOUSAND, WAN, MILLION, YI])
        self.unit_words = pick(phrases.UNITS[language][self.unit])
        if self.trap == "partner":
            self.partner = self.truth.word = pick(_one_of_three(self.rng, language))
        if self.trap == "unit":
            self.unit_words = self.truth.word = pick(pick([phrases.OTHER_MONEY, phrases.SCALES])[language])
        if self.trap == "measure":
            self.measure = pick(list(phrases.MEASURES[language]))
            self.truth.word = pick(phrases.MEASURES[language][self.measure])

    def _choose_places(self):
        """Choose where flow, partner and unit stand; a trap stands somewhere."""
        places = {
            "flow": ["title"] * 5 + ["sheet", "column", ""] if self.single else ["layout"],
            "partner": ["title"] * 5 + ["sheet", "column", "column", ""],
            "unit": ["title"] * 4 + ["line", "line", "column", "note", "sheet", ""],
        }
        if self._has_value_header:
            places["unit"] += ["header"] * 3
        if self.layout.startswith("a sheet per"):
            places = {fact: [place for place in at if place != "sheet"] for fact, at in places.items()}
        self.places = {}
        for fact, choices in places.items():
            taken = self.places.values() if fact != "flow" else ()
            fitting = [at for at in choices if (at or fact != self.trap) and not (at == "sheet" and at in taken)]
            self.places[fact] = self.pick(fitting)
        if self.places["partner"] == "sheet" and not _fits_sheet(self.partner):
            self.places["partner"] = "title"
        if self.trap == "measure":
            self.places["measure"] = self.pick(["title", "title", "column"])
            self.places["unit"] = "" if self.measure in NO_MONEY else self.places["unit"]
        if not self.places["flow"] and not self.trap:
            self.truth.issue = "flow"

    @property
    def _has_value_header(self):
        return self.layout in ("long", "long, flows as columns", "one year, flows as columns", "a sheet per year")

    def _choose_words_of_flows(self):
        """Choose how columns, rows or sheets of two flows are called: the trap is that nobody says whose they are."""
        pick, language = self.pick, self.language
        is_open = self.trap == "flow" and not self.single
        self.style = "bare" if is_open else pick(["full", "own", "bare"])
        if is_open:
            self.places["partner"] = "title"
            self.truth.word = self.partner
        elif self.style == "full" and not self.single:
            self.places["partner"] = "header"
        self.flow_words = {flow: self._words_of(flow) for flow in FLOWS}
        with_partner, without_partner = phrases.ABOUT[language]
        self.about = pick(phrases.OF_PARTNER[language] if is_open else with_partner)
        self.about_nobody = pick(without_partner)

    def _words_of(self, flow):
        if self.style == "bare":
            return phrases.BARE[self.language][flow]
        if self.style == "own":
            return phrases.NO_PARTNER[self.language][flow][0]
        fitting = [said.format(p=self.partner) for said in phrases.FLOWS[self.language][flow]]
        return min(fitting, key=len) if self.layout == "a sheet per flow" else self.pick(fitting)

    # --- values ---

    def _choose_body(self):
        rng = self.rng
        last = rng.randint(2012, 2024)
        self.years = [last - 2, last - 1, last]
        if self.layout == "one year, flows as columns":
            self.years = [last]
        self.months = list(range(1, 7)) if self.layout == "wide months" else [0]
        if self.layout == "wide months":
            self.years = [last]
        self._choose_keys()
        flows = [self.flow] if self.single else FLOWS
        most = 999 if self.unit == YI else 99_999
        self.cells = {
            (code, flow, year, month): None if rng.random() < 0.05 else rng.randint(11, most)
            for code in self.keys for flow in flows for year in self.years for month in self.months
        }  # fmt: skip
        first = next(iter(self.cells))
        self.cells[first] = self.cells[first] or 1234
        self.has_total, self.has_rank, self.has_share = (rng.random() < part for part in (0.3, 0.12, 0.1))
        if self.layout.startswith("long"):
            self.has_total = self.has_rank = False

    def _choose_keys(self):
        if self.kind == "commodity":
            self.keys = {code: code for code in sorted(self.rng.sample(names.CHAPTERS, 4))}
            return
        known = names.PROVINCES[self.language]
        style = self.rng.choice([0, -1])
        self.keys = {code: known[code][style] for code in self.rng.sample(sorted(known), 4)}

    def _dollars(self):
        unit = self.unit if self.places["unit"] else 1
        return {at: cell * unit for at, cell in self.cells.items() if cell is not None}

    def _is_clear(self):
        """Tell a table that says everything, in a place where it needs no question."""
        bare = self.style == "bare" and not self.single and self.language != "zh"
        return all(self.places.values()) and self.places["unit"] != "note" and not bare

    # --- grids ---

    def _wide(self, headers, flow, periods, *, year=None):
        rows = [[self._corner(), *headers]]
        for code, name in self.keys.items():
            rows.append([name, *(self.cells[(code, flow, *period)] for period in periods)])
        return self._with_total(rows)

    def _corner(self):
        return self.columns[self.kind]

    def _with_total(self, rows, *, heads=1):
        """Add a row of totals, where this table has one."""
        if self.has_total:
            columns = zip(*(row[1:] for row in rows[heads:]), strict=True)
            rows.append([self.columns["total"], *(sum(cell or 0 for cell in column) for column in columns)])
        return rows

    def _year_heading(self, style, year):
        return year if style == "{y}" and self.rng.random() < 0.7 else style.format(y=year)

    def _wide_years(self):
        style = self.pick(phrases.YEARS[self.language])
        headers = [self._year_heading(style, year) for year in self.years]
        rows = self._wide(headers, self.flow, [(year, 0) for year in self.years])
        return {"Sheet1": (rows, self._title(self.flow, span="years"))}

    def _wide_months(self):
        year, style = self.years[0], self.pick(["of years", "of years", "two rows", "title"])
        periods, months = [(year, month) for month in self.months], phrases.MONTH_NAMES[self.language]
        span = "year" if style == "title" else ""
        if self.trap == "span" and self.rng.random() < 0.5:
            return self._months_that_roll_over()
        if style == "of years":
            form = self.pick(phrases.MONTHS_OF_YEARS[self.language])
            headers = [form.format(y=year, m=month, name=phrases.MONTHS[month - 1]) for _, month in periods]
        else:
            headers = [months[month - 1] for month in self.months]
        rows = self._wide(headers, self.flow, periods)
        if style == "two rows":
            rows.insert(0, [None, year, *[None] * (len(periods) - 1)])
        return {"Sheet1": (rows, self._title(self.flow, span=span))}

    def _months_that_roll_over(self):
        """Write November to April under one year."""
        year = self.years[0]
        months = [phrases.MONTH_NAMES[self.language][month] for month in (10, 11, 0, 1, 2, 3)]
        rows = self._wide(months, self.flow, [(year, month) for month in self.months])
        rows.insert(0, [None, year, *[None] * 5])
        self.truth.word = months[2]
        return {"Sheet1": (rows, self._title(self.flow, told=True))}

    def _long(self):
        columns, quarters = self.columns, self.trap == "span" and self.rng.random() < 0.5
        rows = [[self._corner(), columns["year"], columns["flow"], self._value_header()]]
        for (code, flow, year, _), cell in self.cells.items():
            rows.append([self.keys[code], year, self.flow_words[flow], cell])
        if quarters:
            self.truth.word = columns["quarter"]
            rows = [
                [*row[:2], quarter, *row[2:]] for row, quarter in zip(rows, [self.truth.word, *[1] * 99], strict=False)
            ]
        return {"Sheet1": (rows, self._title(None, told=quarters))}

    def _value_header(self, words=""):
        words = words or self.columns["value"]
        in_header = phrases.IN_HEADER[self.language].format(t=words, u=self.unit_words)
        return in_header if self.places["unit"] == "header" else words

    def _flow_headers(self):
        return [self._value_header(self.flow_words[flow]) for flow in FLOWS]

    def _long_columns(self):
        rows = [[self._corner(), self.columns["year"], *self._flow_headers()]]
        for code, name in self.keys.items():
            rows += [[name, year, *self._pair(code, year)] for year in self.years]
        return {"Sheet1": (rows, self._title(None))}

    def _pair(self, code, year):
        return [self.cells[code, flow, year, 0] for flow in FLOWS]

    def _one_year(self):
        year = self.years[0]
        return {"Sheet1": (self._of_year(year), self._title(None, span="year"))}

    def _of_year(self, year):
        """Write the flows of one year as columns, one in four times with both added up."""
        rows = [[self._corner(), *self._flow_headers()]]
        rows += [[name, *self._pair(code, year)] for code, name in self.keys.items()]
        if self.rng.random() < 0.25:
            both = phrases.BARE[self.language]["total"]
            rows = [[*row, sum(filter(None, row[1:])) if n else both] for n, row in enumerate(rows)]
        return self._with_total(rows)

    def _flows_under_years(self):
        years = [cell for year in self.years for cell in (year, None)]
        rows = [[None, *years], [self._corner(), *[self.flow_words[flow] for _ in self.years for flow in FLOWS]]]
        for code, name in self.keys.items():
            rows.append([name, *(cell for year in self.years for cell in self._pair(code, year))])
        return {"Sheet1": (self._with_total(rows, heads=2), self._title(None, span="years"))}

    def _sheet_per_flow(self):
        sheets, style = {}, self.pick(phrases.YEARS[self.language])
        for flow in FLOWS:
            name = self.flow_words[flow]
            if not _fits_sheet(name):
                name = self.flow_words[flow] = phrases.NO_PARTNER[self.language][flow][0]
                self.places["partner"] = "title" if self.places["partner"] == "header" else self.places["partner"]
            rows = self._wide([style.format(y=year) for year in self.years], flow, [(year, 0) for year in self.years])
            sheets[name] = rows
        about = self._title(None, span="years")
        return {name: (rows, about) for name, rows in sheets.items()}

    def _sheet_per_year(self):
        style = self.pick(phrases.YEARS[self.language])
        title = self._title(None)
        return {style.format(y=year): (self._of_year(year), title) for year in self.years}

    # --- what stands around a grid ---

    def _title(self, flow, *, span="", told=False):
        """Write the title; `told` says that the trap of the span is elsewhere already."""
        pick, language = self.pick, self.language
        title = self._title_of_flow(flow) if flow and self.places["flow"] == "title" else self._title_about(flow)
        years = {"y": self.years[-1], "a": self.years[0], "b": self.years[-1]}
        if self.places.get("measure") == "title":
            title = self._joined(title, self.truth.word)
        if self.trap == "span" and not told:
            kinds = phrases.SUMS if self.layout == "wide months" else phrases.PART
            self.truth.word = pick(kinds[language]).format(**years)
            title = self._joined(title, self.truth.word)
        if span == "year":
            title = pick(phrases.YEAR_IN_TITLE[language]).format(t=title, **years)
        elif span == "years" and self.trap != "span" and self.rng.random() < 0.3:
            title = pick(phrases.YEARS_IN_TITLE[language]).format(t=title, **years)
        if self.places["unit"] == "title":
            title = pick(phrases.UNIT_IN_TITLE[language]).format(t=title, u=self.unit_words)
        return title

    def _joined(self, title, more):
        return f"{title}，{more}" if self.language == "zh" else f"{title}, {more}"

    def _title_of_flow(self, flow):
        said = phrases.FLOWS if self.places["partner"] == "title" else phrases.NO_PARTNER
        title = self.pick(said[self.language][flow]).format(p=self.partner)
        if flow not in FLOWS:
            self.truth.word = title
        return title

    def _title_about(self, flow):
        """Write a title that leaves the flow to the rest of the table."""
        if self.places["partner"] == "title":
            return f"{self._nothing()}, {self.partner}" if flow else self.about.format(p=self.partner)
        return self._nothing() if flow else self.about_nobody

    def _nothing(self):
        return self.pick(phrases.NOTHING[self.language])

    def _decorated(self, rows, title):
        rows = self._with_columns(rows)
        above = [[title]] + [[self._line_of_unit()]] * (self.places["unit"] == "line")
        below = [[self.columns["source"]]] * (self.rng.random() < 0.5)
        below += [[self._line_of_unit()]] * (self.places["unit"] == "note")
        return [*above, *[[]] * self.rng.randint(0, 1), *rows, *([[]] if below else []), *below]

    def _line_of_unit(self):
        return self.pick(phrases.UNIT_LINE[self.language]).format(u=self.unit_words)

    def _with_columns(self, rows):
        """Add columns of one value (flow, partner, unit, measure), a rank before the names and a share at the end."""
        heads = 2 if rows[0][0] is None else 1
        for fact, value in self._constants().items():
            place = self.rng.choice([1, len(rows[0])])
            rows = _with_column(rows, heads, place, self.columns[fact], lambda n, value=value: value)
        if self.has_share:
            rows = _with_column(rows, heads, len(rows[0]), self.columns["share"], lambda n: 3.5 + n)
        if self.has_rank:
            rows = [[cell, *row] for row, cell in zip(rows, self._ranks(len(rows), heads), strict=True)]
        return rows

    def _ranks(self, count, heads):
        return ([None] * (heads - 1) + [self.columns["rank"], *range(1, len(self.keys) + 1), None])[:count]

    def _constants(self):
        """The columns of one value: {"unit": "US$ thousand"}."""
        says = {
            "flow": self._flow_alone(),
            "partner": self.partner,
            "unit": self.unit_words,
            "measure": self.truth.word,
        }
        found = {fact: word for fact, word in says.items() if self.places.get(fact) == "column"}
        if "flow" in found and self.trap == "flow":
            self.truth.word = found["flow"]
        return found

    def _flow_alone(self):
        """Say the flow of the whole table where the partner is not said beside it."""
        return phrases.NO_PARTNER[self.language][self.flow][0]

    def _sheet_name(self):
        fact = next(fact for fact, place in self.places.items() if place == "sheet")
        name = {"flow": self._flow_alone(), "partner": self.partner, "unit": self.unit_words}[fact]
        if fact == self.trap:
            self.truth.word = name
        return "".join(sign for sign in name if sign not in NOT_IN_SHEET_NAME).strip("'")


def _one_of_three(rng, language):
    """Choose among the other Korea, groups of countries, and all countries of the world, a third each."""
    return rng.choice([names.SEOUL, names.MANY, names.OTHERS])[language]


def _fits_sheet(name):
    return len(name) <= IN_SHEET_NAME and not NOT_IN_SHEET_NAME & set(name)


def _with_column(rows, heads, place, header, cell):
    """Put a column into a grid, at a place."""
    column = [None] * (heads - 1) + [header, *(cell(n) for n in range(len(rows) - heads))]
    return [[*row[:place], more, *row[place:]] for row, more in zip(rows, column, strict=True)]


_WRITERS = {
    "wide years": "_wide_years",
    "wide months": "_wide_months",
    "long": "_long",
    "long, flows as columns": "_long_columns",
    "one year, flows as columns": "_one_year",
    "flows under years": "_flows_under_years",
    "a sheet per flow": "_sheet_per_flow",
    "a sheet per year": "_sheet_per_year",
}
