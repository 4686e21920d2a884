"""The shapes of a payload and of all that it holds, as pages, their JSON and their scripts read them.

The pages of goods add "codes" to their payload, those they are about: ["2701"], of a section its chapters, ["25", "26",
"27"]; that of one province "province", its node, and to each of its figures "basis", that of its flow.

Points align with categories; a null value is missing and leaves a gap. A row's cells align with the columns after the
first, which is the row's header. Colours are slots 1–10 of the palette, 0 is "other"; 11 and 12 are greys for slices
without a colour. Drawn is value × sign: where both flows are stacked, what comes from the DPRK hangs below the axis.
Two series of one "member" have one colour: its estimate, or its other flow; those with one "legend" too stand there
once. A line is not joined across a category with "break_before". Where the unit is "%", a point's value is a share of
its category's total, its text "52%" and its share the dollars. By kind:

* stacked: categories are years; series stack in order, estimates (hatched) last. Of a balance there is one
  series, whose values may be negative.
* bars: categories are the things ranked and carry "colour"; one series "reported", and "estimate" if there is one,
  which continues the bar; of a balance one series "balance". Of both flows: those of the one to the right, those of
  the other (sign -1) to the left.
* pie: categories are slices and carry "colour" and "component"; one series, whose points also carry "part", "52%".
  The component of a point is that of its category. `table` is null: the bars' table is its own.
* line: categories are years; one line a series; an "estimated" one is the shown value where that holds an estimate. Of
  both flows a line each, of their totals. Of a province there is one more, with the scale "rank": the first place is on
  top, a point's value is the place, its text "1st of 31" and its share the value, "US$793 m".
* tiles: categories are the provinces and carry "row", "column" and "short"; one series of shown values, whose points
  carry "step". Beside it stands "steps", the legend.

A component has one meaning in series, columns of tables, and files: "reported" is what the source printed, "estimate"
what was added to it, "shown" the two together, also where there is no estimate. A "second_estimate" is added to
nothing, and a "balance", exports less imports, is none of these. Each column of a table says what its cells are (its
"measure"), and of which component and flow.

The drawing (trade.charts.svg) and the canvas place what they draw alike: periods in even steps; markers of events in
one or two rows of 20 pixels above the plot (an event's "row"), which begins below them.

"views_url" of a page answers with the view and those of all other times, so that who moves along the line of time
needs no request:

    {"figures": {"1f0c9a2b7d": Figure with "svg" and without a "current", …},
     "views": {"/provinces/?year=2016": payload, whose "figures" are keys of the above and which adds
               "current": {"by-year": "2016"}, the "current" of each figure that has one}}

Figures that views have in common are one. The drawing of such a figure holds a hidden `rect.current`, the wash behind
the chosen year, for the page to place.
"""

from typing import Literal, NotRequired, TypedDict

Flow = Literal["to_dprk", "from_dprk", "total", "both", "balance"]
Component = Literal["reported", "estimate", "second_estimate", "shown", "balance"]
Measure = Literal[
    "name", "value", "share", "change", "index", "rank", "quantity", "unit_value", "publisher", "note", "cap",
    "sanctions",
]  # fmt: skip


class NumberText(str):
    """A text that knows its number: "52%" is 52.3714, in "%", of "all provinces"; "1st of 31" is 1, of 31.

    JSON has the text alone.
    """

    number: float | int | None
    unit: str
    of: str | int

    def __new__(cls, text: str, number: float | int | None, unit: str = "", of: str | int = ""):
        made = super().__new__(cls, text)
        made.number, made.unit, made.of = number, unit, of
        return made


class Point(TypedDict):
    """One drawn value."""

    value: int | float | None  # 1673785123
    text: str  # "US$1.67 bn", or "–" where it is missing
    share: str  # "50% of all provinces"; of the points of "totals" "52%"
    rank: str  # "1st of 31, estimates included"
    says: NotRequired[str]  # of the points of "totals" of bars: what is said of the share, "52% of all provinces"
    status: str  # "A", as SDMX has it; "" where no row speaks of it
    status_text: str  # "provisional"
    url: str | None
    flag: NotRequired[str]  # of an outlier: "!"
    part: NotRequired[str]  # of a slice: "52%"
    step: NotRequired[
        int | None
    ]  # of a tile: None where missing, 0 for no trade, 1 to 7 by size, negative below nought
    brief: NotRequired[str]  # of a tile: "793 m"
    mark: NotRequired[str]  # of a tile: "e" of an estimate, "p" of what is provisional, "ep"
    contains: NotRequired[str]  # of a tile: "includes an estimate"
    dot: NotRequired[Literal["hollow", "solid"]]  # of a line in the desk: the value that is corrected, old or new


class Category(TypedDict):
    """A place on the axis: a year or month, or a thing that is ranked, a slice, a tile."""

    key: str  # "2016"; of months "2025-01"
    label: str  # "2016"; of months "Jan 2025"
    partial: bool  # a year that is not known in full
    break_before: bool  # the source breaks before it
    unsettled: NotRequired[bool]  # by sanctions: the rules changed within it, so that its columns are hatched
    url: str | None
    colour: NotRequired[int]
    component: NotRequired[Component]
    short: NotRequired[str]  # of a tile: two letters, "LN"
    row: NotRequired[int]  # of a tile: its place on a grid, from 1
    column: NotRequired[int]


class Series(TypedDict):
    """The points of one member and component."""

    key: str  # "cn-ln"
    member: str  # "cn-ln"
    name: str  # "Liaoning"
    legend: str  # "Liaoning"
    colour: int
    component: Component
    estimated: bool  # drawn hatched or dashed: an estimate, or a line that holds one
    flow: Flow
    sign: Literal[1, -1]
    dim: bool  # it stands back, because others are highlighted
    bold: NotRequired[bool]  # of seasons: the newest year
    url: str | None
    points: list[Point]


class EventSource(TypedDict):
    """Where an event was read."""

    name: str  # "upi.com 2022/01/18"
    url: str | None


class EventItem(TypedDict):
    """A sanction, another event or a note that a marker stands for."""

    date: str  # "2016-03-02", "2020-01", "2023"
    until: str  # of a span its end, "2022-01-16"; else ""
    when: str  # "January 2020 – 16 January 2022"
    label: str  # "Resolution 2270"
    text: str  # "Full ban: gold; …"
    url: str | None  # "/sanctions/2270/"
    kind: Literal["sanction", "event", "note"]
    checked: bool
    weight: int  # 3 to 1: where a chart cannot mark all, what weighs more stays
    sources: list[EventSource]


class Event(TypedDict):
    """A marker on the axis of time."""

    number: int
    category: str  # "2016"
    row: Literal[0, 1]
    items: list[EventItem]


# A span of time that is shaded: {"number": 3, "label": "Border closed", "from": 0.815, "to": 0.89}, the number of the
# event that tells of it, and the parts of the axis' length at which it begins and ends.
Span = TypedDict("Span", {"number": int, "label": str, "from": float, "to": float})


class Column(TypedDict):
    """A column of a table; the first is of its headers."""

    key: str
    label: str
    numeric: bool
    measure: Measure
    unit: str  # "US$", "%"; "" where a cell has its own, or none
    component: Component | Literal[""]  # of which value: a share is of the shown one, a quantity of the reported one
    flow: Flow | Literal[""]
    member: str  # of a column of periods "cn-ln", of their total "all"; else ""
    of: NotRequired[str]  # of a share its whole, "all provinces"; of a change the year before, "2015"


class Cell(TypedDict):
    """A number or a word of a table."""

    text: str | NumberText  # "1,673,785,123", "52%"
    value: int | float | None  # 1673785123, 52.3714; None of words and of what is missing
    status: str
    status_text: str
    unit: NotRequired[str]  # of a quantity "t", of a unit value "US$/t"
    of: NotRequired[int | None]  # of a rank: of how many


class Row(TypedDict):
    """A thing or a period of a table."""

    key: str
    header: str
    url: str | None
    cells: list[Cell]
    total: bool


class Named(TypedDict):
    """A period or a member."""

    key: str  # "2016", "cn-ln"
    label: str  # "2016", "Liaoning"


class Table(TypedDict):
    """The exact numbers beside a chart."""

    caption: str
    rows_are: Literal["periods", "months", "members"]  # months are those of several years, each a column
    of: Named | None  # the one period of a table of members; the one member of a table of periods, None of several
    columns: list[Column]
    rows: list[Row]


class Step(TypedDict):
    """A colour of a grid of tiles."""

    step: int | None
    label: str  # "US$10 m to US$100 m", "missing"
    count: int  # 6


class Figure(TypedDict):
    """What one chart draws, and the table beside it. In JSON it also has "svg", its drawing."""

    id: str  # "by-year"
    kind: Literal["stacked", "bars", "pie", "line", "tiles"]
    title: str
    description: str
    unit: str  # "US$", "%" or "rank"
    scale: Literal["linear", "log", "rank"]
    current: str | None  # "2016", the key of the category that the page has chosen
    multiples: NotRequired[bool]  # of lines: each member in a small chart of its own, all on one scale
    categories: list[Category]
    series: list[Series]
    totals: list[Point]  # of the categories, both components together
    flow_totals: NotRequired[dict[Flow, list[Point]]]  # of columns of both flows, the totals of each
    events: NotRequired[list[Event]]  # of figures with time across
    spans: NotRequired[list[Span]]  # likewise
    events_left: NotRequired[int]  # how many more there are than it can mark
    steps: NotRequired[list[Step]]  # of tiles
    table: Table | None
    notes: list[str]
    basis: NotRequired[str]  # "" of what has none: quantities
    base: NotRequired[str]  # of an index, the period that is 100: "1998"


class Choice(TypedDict):
    """A choice of a control; of a control that takes several its address puts it in or takes it out."""

    value: str | int
    label: str
    url: str
    current: bool
    text: NotRequired[str]  # of what is compared: its value in the year shown
    also: NotRequired[str]  # likewise: another name, by which it is found


class Preset(TypedDict):
    """A ready choice of several: the largest five."""

    label: str
    url: str


class Span(TypedDict):
    """What is drawn of all that there is over time."""

    first: str  # "1998", of months "2023-01": how far the span can reach back
    last: str  # "2025"
    last_place: int  # 27: how many periods follow the first
    from_place: int  # 12; the period itself is "from", "2010"
    is_from: bool  # whether the reader set that end
    to: str  # "2016"
    to_place: int  # 18
    is_to: bool
    url: str  # the view of all periods
    label: str  # "Years from"


class Control(TypedDict):
    """A row of choices, of which one is current, or where it takes several any number."""

    name: str  # "flow"
    label: str  # "Direction"
    several: bool
    reset_url: NotRequired[str | None]  # of one that takes several: takes all out; None while none is in
    presets: NotRequired[list[Preset]]  # of what is compared
    sorted_by: NotRequired[str]  # likewise: "Sorted by value in 2024."
    choices: list[Choice]


class Crumb(TypedDict):
    """A step of the way back."""

    label: str
    url: str


class Annotation(TypedDict):
    """A note by an editor that no figure marks."""

    date: str  # "", "2017"
    text: str


class Share(TypedDict):
    """The addresses by which a view is passed on, and how it is cited."""

    live_url: str  # "/provinces/?year=2016"
    frozen_url: str  # "/provinces/?release=2&year=2016"
    embed_url: str  # "/embed/provinces/?year=2016"
    embed_frozen_url: str
    embed_height: int  # pixels of the frame
    png_url: str  # "/provinces.png?year=2016"
    svg_url: str
    csv_url: str
    xlsx_url: str
    brief_url: NotRequired[str]  # "/provinces/cn-ln/brief/?year=2016"; of one province, of goods, of all trade
    feed_url: NotRequired[str]  # "/provinces/cn-ln/releases.atom"; of one province and of goods
    citation: str  # "Yalu (2026): …"
    bibtex: str


class Newer(TypedDict):
    """The release that is newer than the one to which a view is frozen."""

    number: int
    url: str


class BoardCell(TypedDict):
    """One of the newest figures of a direction; where there is none, "status_text" says why."""

    span: Literal["month", "to_date", "year"]
    period: str | None  # "2025-09"; of a year so far "2025"
    label: str  # "Sep 2025", "Jan–Sep 2025"
    value: int | None
    reported: int | None
    estimate: int | None
    text: str  # "US$183 m"
    change: str  # "12% more than in Sep 2024", or why none is given
    change_percent: float | None  # of the value; None where only a part of it could be compared
    change_from: str  # "2024-09", "2024"
    status: str
    status_text: str  # "provisional", "of which US$310 m is an estimate", "reported"
    url: str | None


class BoardRow(TypedDict):
    """One direction of a dataset."""

    flow: Flow
    label: str  # "Chinese exports to the DPRK"
    basis: str
    cells: list[BoardCell]


class BoardDataset(TypedDict):
    """The newest figures of a dataset, whose they are, and when the next come."""

    dataset: dict  # as trade.bundles.build describes it
    release: dict  # as of a payload
    url: str  # "/data/china-provinces/"
    next_release_on: str | None  # "2026-12-20"; None where no day is set
    is_closed: bool  # no further release is expected
    is_annual: bool  # it has years alone
    rows: list[BoardRow]


class Payload(TypedDict):
    """What a page draws and says."""

    page: str  # "provinces"
    url: str  # "/provinces/?year=2016"
    json_url: str
    csv_url: str
    svg_url: str
    views_url: str
    gaps_url: str  # "/data/china-provinces/gaps/#cn-ln": what is missing and estimated behind the view
    # {"dataset": "china-provinces", "release": None, "flow": "to_dprk", "year": 2016, "view": "columns",
    #  "scale": "linear", "unit": "usd", "period": "years", "estimates": "on", "show": "", "highlight": ""}
    state: dict
    notices: list[str]  # ["“abc” is not a year of this dataset …"]
    title: str  # "Liaoning sold 50% of China’s exports to the DPRK in 2016"
    sentence: str  # "China’s exports … came to …"
    dataset: dict  # as trade.bundles.build describes it
    release: dict  # {"number", "date", "kind", "note", "url"}
    basis: str  # "FOB"
    unit: str  # "US$"
    controls: list[Control]  # none on the front page
    crumbs: list[Crumb]  # the last is this page
    annotations: list[Annotation]
    figures: list[Figure]
    share: NotRequired[Share]  # not on the front page
    findings: NotRequired[dict[str, dict]]  # of figures that another title and sentence tells: {"from-dprk": {…}}
    whole_url: NotRequired[str]  # of one figure by itself: the way back to the whole view
    newer: NotRequired[Newer | None]
    card_url: NotRequired[str]
    board: NotRequired[list[BoardDataset]]  # on the front page alone
    about: NotRequired[str]
    chapters: NotRequired[list[str]]
    codes: NotRequired[list[str]]
    split_url: NotRequired[str]  # the same goods by sanctions; "" where they are shown so, or cannot be
    province: NotRequired[dict]
