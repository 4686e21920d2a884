"""Tags and filters by which the templates of public pages ask of a payload (trade.charts) and of the site.

static/js/redraw.js asks the same of the same payload when a view changes in place.
"""

from datetime import date
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from site_texts import shown_texts
from trade import number_text
from trade.charts.schema import Figure, Payload, Table
from trade.charts.svg.many_lines import line_ends as ends_of_lines
from trade.charts.text import labels, view_links
from trade.charts.view_state import State
from trade.models import Flow, shown_code
from trade.page_measures import MEASURES
from trade.pages import pictures
from trade.pages.in_place import view_pack
from trade.templatetags import script_words
from web import site_address

register = template.Library()

TIMES = MEASURES.below_the_line_of_time  # those that stand below the line of time
APART = MEASURES.with_places_of_their_own  # those that are more than a row of choices
PICKS = vars(MEASURES.picks)  # those above the first chart, and how many choices have room side by side
MANY = MEASURES.choices_in_a_row  # a control with more choices than this is a stepper with a list behind it
FEW = MEASURES.legend_in_a_row  # a legend with more names than this stands beside its plot
FRAME = MEASURES.frame_style
AROUND = ("svg", "notes", "events_left")  # of a figure: what stands around its canvas
MARK = ("number", "category", "row")  # of an event: what its marker shows
POINTS = 500  # of a figure that comes with its page: with more, the page would be larger than 20 kB


@register.simple_tag(takes_context=True)
def contact(context) -> str:
    """The mail address that readers write to, or the page where they do."""
    return shown_texts.of(context.get("request"))["contact"]


@register.inclusion_tag("trade/source/_report.html", takes_context=True)
def report_error(context) -> dict:
    """Let a reader write to the editors of an error in this view: a mail that holds its address and its release.

    {"url": "mailto:…", "pattern": the same with {title} and {address} for static/js/redraw.js}; a contact that is a
    page is linked to as it is, and without a contact there is nothing.
    """
    address, payload = contact(context), context["payload"]
    if not address or ":" in address:
        return {"url": address, "pattern": ""}
    release, share = payload["release"], payload.get("share")
    words = {"dataset": payload["dataset"]["title"], "number": release["number"], "date": release["date"]}
    named = _("%(dataset)s, release %(number)s of %(date)s") % words
    body = [_("View: {address}"), _("Data: %s") % named, "", _("What is wrong, and how do you know?"), "", ""]
    subject = _("Error in “{title}”")
    mail = {"subject": subject, "body": "\r\n".join(body)}
    pattern = f"mailto:{address}?{urlencode(mail, quote_via=quote, safe='{}')}"
    title, url = quote(payload["title"], safe=""), canonical(context)
    if share:
        url = (
            site_address.whole(context["request"], share.get("frozen_url", share["live_url"]))
            if "request" in context
            else url
        )
    return {"url": pattern.replace("{title}", title).replace("{address}", quote(url, safe="")), "pattern": pattern}


@register.simple_tag(takes_context=True)
def canonical(context) -> str:
    """The one complete address of this view: of its payload's, else of the path without its query."""
    request = context.get("request")
    if request is None:
        return ""
    payload = context.get("payload") or {}
    return site_address.whole(request, payload.get("url") or request.path)


@register.simple_tag(takes_context=True)
def navigation(context) -> list:
    """The parts of the site: [{"url": "/provinces/", "label": "Provinces", "current": "page"}, ...].

    `current` is "page" on the part's own page, "true" on a page below it and "" elsewhere, as aria-current wants it.
    """
    parts = {
        "totals": _("Totals"),
        "provinces": _("Provinces"),
        "commodities": _("Goods"),
        "sanctions": _("Sanctions"),
        "questions": _("Questions"),
        "data": _("Data"),
    }
    here = context["request"].path if "request" in context else ""
    urls = {name: reverse(name) for name in parts}
    return [{"url": urls[name], "label": parts[name], "current": _current(urls[name], here)} for name in parts]


def _current(url, here):
    if here == url:
        return "page"
    is_index = url == reverse("commodities") and here == reverse("goods")
    return "true" if here.startswith(url) or is_index else ""


@register.filter
def in_groups(controls: list) -> dict:
    """The controls by where they stand: {"picks": [...], "members": {…}, "rows": [...], "year": {…}, "times": [...],
    "effects": "…"}.

    The picks and "members", the choice of provinces or goods, are one row above the first chart; the rows are folded
    into its last button, which names what of them is in effect. "year" stands below the plot.
    """
    named = {control["name"]: control for control in controls}
    picks = [_pick(named[name]) for name in PICKS if name in named]
    rows = [control for control in controls if control["name"] not in APART and control["name"] not in PICKS]
    return {
        "picks": picks,
        "members": named.get("show"),
        "rows": rows,
        "year": named.get("year") or named.get("month"),
        "times": [named[name] for name in TIMES if name in named],
        "effects": ", ".join(labels.within(label) for row in rows for label in _in_effect(row)),
    }


def _pick(control):
    """A control of the first row, the words on its button, and whether a wide window shows all of its choices."""
    shown = next((choice["label"] for choice in control["choices"] if choice["current"]), control["label"])
    return {"control": control, "shown": shown, "unfolds": len(control["choices"]) <= PICKS[control["name"]]}


def _in_effect(control):
    """What of a control is not the usual: its choice, or of one that takes several its name; the kicker names the
    dataset."""
    current = [choice["label"] for choice in control["choices"] if choice["current"]]
    if control.get("several"):
        return [control["label"]] if current else []
    usual = control["choices"][0]["label"]
    return [label for label in current if label != usual and control["name"] != "dataset"]


@register.filter
def steps(control: dict) -> dict | None:
    """The neighbours of the current choice of a long control: {"before": {...}, "current": {...}, "after": None}.

    With its ends, "first" and "last", and the places on the line from one to the other, "place" and "last_place".
    """
    choices = control["choices"]
    place = next((place for place, choice in enumerate(choices) if choice["current"]), None)
    if len(choices) <= MANY or place is None:
        return None
    return {
        "first": choices[0],
        "before": choices[place - 1] if place else None,
        "current": choices[place],
        "after": choices[place + 1] if place + 1 < len(choices) else None,
        "last": choices[-1],
        "place": place,
        "last_place": len(choices) - 1,
    }


@register.filter
def is_long_title(title: str) -> bool:
    """Whether a title has so many letters that it is set smaller."""
    return len(title) > MEASURES.long_title


@register.filter
def is_long_choice(label: str) -> bool:
    """Whether the name of a choice needs more room in a list than a year: "Jan 2016"."""
    return len(label) > MEASURES.long_choice


@register.filter
def address_path(address: str) -> str:
    """The path of an address: "/provinces/?year=2016" -> "/provinces/"."""
    return urlsplit(address).path


@register.filter
def address_query(address: str) -> list:
    """What an address asks for, which a form must send again: [("year", "2016")]."""
    return parse_qsl(urlsplit(address).query)


@register.filter
def unit_words(figure: Figure) -> str:
    """Say in what a figure is drawn: "US dollars", "Per cent of total"."""
    usual = "rank" if figure.get("scale") == "rank" else "share" if figure.get("unit") == "%" else "value"
    return script_words.of_units()[figure.get("measure", usual)]


@register.filter
def chosen_count(control: dict) -> int:
    """How many choices are in effect."""
    return sum(choice["current"] for choice in control["choices"])


@register.filter
def kept_in_form(state: State) -> list:
    """The rest of a view's query, which a form that chooses provinces must send again: [("year", "2016")]."""
    return [(name, str(value)) for name, value in state.query(show="", highlight="")]


@register.filter
def legend(figure: Figure) -> list:
    """The series that a legend must name, each colour and hatch once; bars and tiles have their names beside them.

    Where both flows are drawn, a province has two series, and one name for them.
    """
    if figure["kind"] not in ("stacked", "line") or len(figure["series"]) < 2 or figure.get("multiples"):
        return []
    named = {}
    for one in figure["series"]:
        named.setdefault(one["legend"], one)
    return list(named.values())


@register.filter
def legend_beside(figure: Figure) -> bool:
    """Whether there is so much to explain that the legend stands beside the plot, where there is room."""
    return len(legend(figure)) > FEW


@register.filter
def line_ends(figure: Figure) -> dict:
    """Where the names of lines stand beside them, on a page with room for it.

    {"leads": what leads to the names, as SVG, "steps": {"cn-ln": 42}, "rows": 1}; {} where the legend stays a list.
    """
    ends = ends_of_lines.of(figure)
    if not ends:
        return {}
    steps = {end.member: ends_of_lines.step(end.named) for end in ends}
    return {"leads": SafeString(ends_of_lines.leads(ends)), "steps": steps, "rows": ends_of_lines.rows(figure)}


@register.filter
def step_of(steps: dict, series: dict) -> int | None:
    """Where the name of a line stands, in per cent; None of a second line of the same member."""
    return None if series["estimated"] else steps.get(series["member"])


@register.simple_tag
def legend_link(payload: Payload, series: dict) -> dict:
    """Where a name in the legend leads: {"url": "/provinces/cn-ln/", "current": False}.

    To the page of what it names, as bars, slices and rows do; "current" tells whether it is highlighted.
    static/js/looks.js does the same.
    """
    controls = {control["name"]: control for control in payload.get("controls", [])}
    choices = controls["highlight"]["choices"] if "highlight" in controls else []
    lifted = [choice["value"] for choice in choices if choice["current"]]
    return {"url": series.get("url"), "current": series.get("member") in lifted}


@register.filter
def about_events(figure: Figure) -> dict:
    """What stands around a figure's list of events: {"sanctions": 5, "unchecked": True, "left": 2}.

    How many of them are sanctions, whether any was not yet checked, and how many more there are.
    """
    items = [item for event in figure["events"] for item in event["items"]]
    return {
        "sanctions": sum(item["kind"] == "sanction" for item in items),
        "unchecked": not all(item["checked"] for item in items),
        "left": figure.get("events_left", 0),
    }


@register.filter
def tiles(figure: Figure) -> list:
    """The places of a grid of tiles, with what each shows and says.

    {"key": "cn-ln", "code": "LN", "row": 2, "column": 8, "url": "/provinces/cn-ln/", "look": "step-5", "mark": "",
     "brief": "1.67 bn", "says": "Liaoning: US$1.67 bn, 50% of all provinces, 1st of 31"}
    """
    return [_tile(*pair) for pair in zip(figure["categories"], figure["series"][0]["points"], strict=True)]


def _tile(category, point):
    known = point["value"] is not None
    told = ("text", "share", "rank", "contains", "status_text") if known else ("status_text",)
    words = ", ".join(point[name] for name in told if point.get(name)) or _("missing")
    return {
        "key": category["key"],
        "code": category["short"],
        "row": category["row"],
        "column": category["column"],
        "url": category["url"],
        "look": step_look(point["step"]) + (" estimate" if "e" in point.get("mark", "") else ""),
        "mark": point.get("mark", ""),
        "brief": point.get("brief", ""),
        "says": f"{category['label']}: {words}",
    }


@register.filter
def step_look(step: int | None) -> str:
    """The class of a colour of tiles: 5 -> "step-5", -3 -> "under-3", None -> "none"."""
    if step is None:
        return "none"
    return f"step-{step}" if step >= 0 else f"under-{-step}"


@register.simple_tag(takes_context=True)
def whole(context, address: str) -> str:
    """An address of this site as a whole one, for what is taken elsewhere."""
    return site_address.whole(context["request"], address)


@register.simple_tag(takes_context=True)
def embed_code(context, address: str, title: str, height: int) -> str:
    """The line of HTML that shows a view on another site, in a frame so high that nothing in it scrolls."""
    words = {"src": whole(context, address), "title": title, "style": FRAME, "height": height, "loading": "lazy"}
    return "<iframe " + " ".join(f'{name}="{escape(value)}"' for name, value in words.items()) + "></iframe>"


@register.simple_tag(takes_context=True)
def embed_script(context) -> str:
    """The line of HTML by which an article lets every frame of ours have the height that it asks for."""
    return f'<script src="{escape(whole(context, reverse("embed_script")))}" async></script>'


@register.filter
def figure_url(payload: Payload, figure: Figure) -> str:
    """Where a figure stands by itself: "/provinces/?year=2016&figure=map"."""
    return view_links.of_figure(payload["url"], figure["id"])


@register.filter
def images(share: dict) -> list:
    """The pictures of a figure: [{"url": "/provinces.png?figure=map&size=600", "label": "PNG, 600 px", "about"}]."""
    about = {600: _("for a column of text or a phone"), 1200: _("for a page"), 2400: _("for slides or print")}
    clear = {"label": _("PNG, transparent"), "about": _("1200 px, for a white or light background")}
    shown = [
        {"url": f"{share['png_url']}&size={size}", "label": _("PNG, %d px") % size, "about": about[size]}
        for size in pictures.SIZES
    ]
    return [*shown, clear | {"url": f"{share['png_url']}&background=none"}]


@register.filter
def day(text: str) -> date:
    """The date that a payload writes as "2026-11-21", for Django's own filters."""
    return date.fromisoformat(text)


@register.filter
def flow_name(code: str) -> str:
    """Name a flow: "exports to the DPRK"."""
    return Flow(code).label


@register.filter
def month_or_year(cell: dict) -> str:
    """Write the period of a cell as charts do: "Mar 2016", "2016"."""
    return number_text.period(cell["year"], cell["month"])


register.filter(shown_code)


@register.filter
def exact(value: int | None) -> str:
    """A whole number; no value is a dash."""
    return number_text.exact(value)


@register.filter
def is_light(figure: Figure) -> bool:
    """Whether a page carries the numbers of a chart in it; those of one with more points it fetches, as its JSON."""
    return sum(len(series["points"]) for series in figure["series"]) <= POINTS


@register.filter
def drawing(figure: Figure) -> dict:
    """The figure as a canvas needs it, its lists as columns, without the words around it, which the page holds."""
    made = view_pack.tight({name: part for name, part in figure.items() if name not in AROUND} | {"table": None})
    marks = [{name: event[name] for name in MARK} for event in figure.get("events", [])]
    return made | {"current": figure.get("current"), "events": marks}


@register.filter
def flags(table: Table) -> list:
    """The letters that stand beside numbers in a table, with their meaning: [("P", "provisional")]."""
    cells = [cell for row in table["rows"] for cell in row["cells"]]
    return sorted({(cell["status"], cell["status_text"]) for cell in cells if cell["status"] not in ("", "A")})
