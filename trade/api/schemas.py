"""The answers of the API as types. Every one has an `about`: what the figures are, whose, of which release, licence.

A value that is missing is null, never 0, and its status says why; an estimate is a row of its own.
"""

from datetime import date, datetime
from typing import Literal

from ninja import Schema

from trade.api.parameters import COMPONENT, FLOW

STATUS = Literal["A", "P", "B", "O", "L", "Q", "U", "E"]
RELEASE_KIND = Literal["scheduled", "correction", "revert", "withdrawal", "description"]


class Basis(Schema):
    to_dprk: str
    from_dprk: str


class ReleaseName(Schema):
    number: int
    date: date
    kind: RELEASE_KIND
    note: str
    url: str


class About(Schema):
    """Whether the figures are invented for demonstration, their source, licence and release."""

    demonstration: bool
    source: str
    source_url: str
    licence: str
    licence_url: str
    dataset: str | None
    release: ReleaseName | None


class DatasetFacts(Schema):
    about: About
    slug: str
    kind: Literal["province", "commodity", "total"]
    title: str
    description: str
    partner: str
    reporter: str
    basis: Basis
    hs_edition: str
    unit: str
    estimate_method: str
    state: Literal["published", "closed"]
    next_release_on: date | None
    url: str
    releases_url: str
    observations_url: str


class Datasets(Schema):
    datasets: list[DatasetFacts]


class File(Schema):
    name: str
    size: int
    sha256: str
    url: str


class Rebuilt(Schema):
    """When the files of a release were rebuilt, and why; the checksums are those of SHA256SUMS."""

    on: datetime
    reason: str
    old: str
    new: str


class ReleaseFacts(Schema):
    """A withdrawn release has a reason in place of note, counts and files."""

    number: int
    released: datetime
    kind: RELEASE_KIND
    note: str
    reverts_to: int | None
    withdraws: int | None
    rebuilt: list[Rebuilt]
    withdrawn: datetime | None
    withdrawal_reason: str | None
    counts: dict[str, int]
    files: list[File]
    url: str


class OneRelease(Schema):
    about: About
    release: ReleaseFacts


class Releases(Schema):
    about: About
    releases: list[ReleaseFacts]
    next: str | None


class Cell(Schema):
    """`province` in a dataset of provinces, `code` in one of goods, else null; month is null for a year."""

    province: str | None
    code: str | None
    name: str | None
    flow: FLOW
    year: int
    month: int | None
    period: str
    component: COMPONENT


class Observation(Cell):
    value_usd: int | None
    status: STATUS
    note: str | None
    quantity: float | None
    quantity_unit: str | None
    publisher: str | None
    source: str | None
    precision_usd: int | None


class Observations(Schema):
    about: About
    observations: list[Observation]
    next: str | None


class Facts(Schema):
    value_usd: int | None
    status: STATUS
    note: str | None
    quantity: float | None
    quantity_unit: str | None
    publisher: str | None
    source: str | None
    precision_usd: int | None


class Change(Cell):
    """`old` is null where there was no row, `new` where there is none now."""

    change: Literal["new", "changed", "removed"]
    old: Facts | None
    new: Facts | None


class Changes(Schema):
    about: About
    since: ReleaseName
    changes: list[Change]
    next: str | None


class Group(Schema):
    """What was traded in goods of which sanctions say the same.

    “partly-banned” and “partly-capped” are goods of which some may be: a measure covers a part of their code, or a
    deeper one, or the source does not specify them.
    """

    rules: Literal["then", "today"]
    as_of: date
    period: str
    flow: Literal["to_dprk", "from_dprk"]
    changed: bool
    sanctions: Literal["banned", "exempted", "capped", "partly-banned", "partly-capped", "free"]
    reported_usd: int | None
    estimate_usd: int | None
    missing: int


class BannedShare(Schema):
    """How much of a year's known value, estimates included, is banned, with exemptions or without.

    There is none of a year in which the rules on its goods changed.
    """

    period: str
    flow: Literal["to_dprk", "from_dprk"]
    at_least_percent: float
    at_most_percent: float
    of_usd: int
    missing: int


class BySanctions(Schema):
    about: About
    groups: list[Group]
    banned: list[BannedShare]


NAMED_IN = Literal["text", "announcement", "assigned"]
LEVEL = Literal["free", "capped", "banned_with_exemptions", "banned"]


class Code(Schema):
    """`named_in` says where the code stands: in the resolution's text, in China's announcement, or assigned by us."""

    code: str
    partial: bool
    named_in: NAMED_IN


class Cap(Schema):
    """`tonnes` is null where no source gives them; caps of one measure with the same days are alternatives."""

    amount: int
    unit: Literal["barrels", "tonnes", "usd"]
    tonnes: int | None
    period: Literal["in_all", "year", "twelve_months"]
    since: date
    until: date | None
    checked: bool


class Measure(Schema):
    """`checked` says whether it was read in a source; `codes_are_a_reading` that the resolution names no codes.

    `until` is the last day on which it applied, null while it applies; `replaced_by` the page of what took its place.
    """

    resolution: int
    resolution_title: str
    adopted: date
    paragraph: str
    direction: Literal["to_dprk", "from_dprk", "both", "none"]
    category: str
    kind: str
    goods: str
    codes: list[Code]
    codes_are_a_reading: bool
    edition: str
    measure: str
    effective_from: date | None
    grace_until: date | None
    until: date | None
    replaced_by: str | None
    wind_down_or_cap: str
    caps: list[Cap]
    exemptions: str
    checked: Literal["read", "part", "recalled"]
    checked_on: date | None
    caution: str
    sources: str
    url: str


class Sanctions(Schema):
    about: About
    measures: list[Measure]


class AppliedRule(Schema):
    """One code of a measure that bears on the goods; `covers` says whether it covers all of them or a part."""

    level: LEVEL
    code: str
    covers: Literal["all", "part"]
    since: date
    until: date | None
    edition: str
    named_in: NAMED_IN
    resolution: int
    paragraph: str
    url: str


class Applies(Schema):
    """What applies at least to all of the goods, and at most to any part of them; the rules, the strictest first.

    `words` say it in short, `sentences` tell the history of the goods in this direction.
    """

    about: About
    code: str
    direction: Literal["to_dprk", "from_dprk"]
    day: date
    edition: str | None
    least: LEVEL
    most: LEVEL
    words: str
    sentences: list[str]
    rules: list[AppliedRule]


class Question(Schema):
    slug: str
    page: Literal["all", "both", "provinces", "commodities", "totals"]
    about: str
    question: str
    answer_markdown: str
    reviewed_on: date | None
    url: str


class Questions(Schema):
    about: About
    questions: list[Question]


class Result(Schema):
    """`name` is the other name by which it was found, null where its title tells; `code` is null where it has none."""

    kind: Literal[
        "section", "chapter", "heading", "subheading", "province", "measure", "resolution", "event", "question",
        "dataset", "page",
    ]  # fmt: skip
    code: str | None
    title: str
    name: str | None
    text: str
    url: str


class Search(Schema):
    """The best results, best first; `query` is what was read of the question."""

    about: About
    query: str
    results: list[Result]


class Start(Schema):
    about: About
    documentation: str
    openapi: str
    datasets: str
    sanctions: str
    questions: str
    search: str
