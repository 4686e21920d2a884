"""Makes the pages of goods: the Harmonized System from its sections to a subheading, and "other or unspecified"."""

from dataclasses import replace

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts import payload
from trade.charts.by_sanctions import split_view
from trade.charts.choices import index_base
from trade.charts.comparisons import compared_words
from trade.charts.cube import ROOT, UNSPECIFIED
from trade.charts.cube_reader import Cells, reading
from trade.charts.figures import pie, ranking, second_estimates, tables
from trade.charts.opening import ban_words, missing_goods
from trade.charts.schema import Payload
from trade.charts.text import balance, changes, headlines, labels, sentences, span_words
from trade.charts.text.headlines import Among, Subject
from trade.charts.text.labels import Level, Member
from trade.charts.text.view_links import shareable
from trade.charts.view_state import FLOWS, State

# Parts below this share of the year's total are not named, nor any after the seventh: a pie has eight slices at most.
THRESHOLD = 0.02
NAMED = 7
OTHER = "other"
GREYS = (11, 12, 0)  # for parts without a colour; that of "other" is the last


@shareable
@index_base.named
def commodities(cube: dict, state: State) -> Payload:
    """Make the page of all goods: one year's sections as a pie and ranked, and the sections stacked over the years."""
    return _page(cube, state, cube["nodes"][ROOT])


@shareable
@index_base.named
def commodity(cube: dict, slug: str, state: State) -> Payload:
    """Make the page of a section, chapter, heading or subheading, or of "other".

    Raises KeyError for a code that the dataset does not have.
    """
    if slug == ROOT:
        raise KeyError(slug)
    return _other(cube, state) if slug == OTHER else _page(cube, state, cube["nodes"][slug])


def _page(cube, state, node):
    cells, time = payload.cells_of(cube, state), state.time
    made = payload.start(cube, state, cells, _crumbs(cube, state, node)) | {
        "codes": _codes(node),
        "split_url": state.url(view="sanctions")
        if state["view"] != "sanctions" and state.can("view", "sanctions")
        else "",
    }
    if time is None:
        return made
    parts = [child for child in node["children"] if cells.is_known(child)] or [node["slug"]]
    members, whole, level = (
        [_member(cube, state, slug) for slug in parts],
        labels.trade_of(cells, (node["slug"],)),
        _level(cube, node, parts),
    )
    of_a_year = _one_year(cells, members, level, whole, state=state, year=time)
    if state["view"] == "sanctions":
        return made | split_view.of(cube, state, node, whole, of_a_year)
    return made | {
        **_words(cells, state, time, node, parts),
        "figures": _in_order(of_a_year, _over_the_years(cells, state, node, members, level, whole), state),
    }


def _in_order(of_a_year, over_time, state):
    """What is compared stands first, for the title speaks of it; else the year that is shown."""
    return [over_time, *of_a_year] if state.listed("show") else [*of_a_year, over_time]


def _words(cells, state, period, node, parts):
    """The title and sentence of a node, or of those of its parts that a reader compares."""
    whole = labels.trade_of(cells, (node["slug"],))
    if state.listed("show"):
        many = _level(cells.cube, node, node["children"]).many
        return compared_words.of(cells, state, whole, many, (node["slug"],))
    parts = [part for part in parts if part != node["slug"]]
    subject = Subject((node["slug"],), whole, parts, "" if node["slug"] == ROOT else node["name"])
    return {
        "title": headlines.headline(cells, subject, period, _among(cells, node)),
        "sentence": ban_words.lead(cells, state, node)
        + span_words.after(
            sentences.of_whole(cells, (node["slug"],), parts, period, whole), cells, state.span, (node["slug"],), whole
        ),
    }


def _among(cells, node):
    """What a node is ranked among: the other headings of its chapter."""
    if node["level"] == "root":
        return None
    parent, many = cells.nodes[node["parent"]], labels.goods(node["level"], "").many
    if parent["level"] != "root":
        many = _("%(many)s of %(name)s") % {"many": many, "name": labels.within(parent["name"])}
    return Among(many, labels.trade(cells.cube["dataset"], cells.flow), (parent["slug"],))


def _other(cube, state):
    """The sections too small for the pie, and goods of no section, in the year shown."""
    cells, year = payload.cells_of(cube, state), state.time
    crumbs = [*_crumbs(cube, state, cube["nodes"][ROOT]), payload.crumb(_("Other or unspecified"), state.url())]
    made = payload.start(cube, state, cells, crumbs) | {"codes": []}
    if year is None:
        return made
    sections = cube["nodes"][ROOT]["children"]
    gathered = Grouped(_weighed(cells), [_member(cube, state, slug) for slug in sections], [ROOT], year).gathered
    parts = [member.key for member in gathered]
    whole = labels.goods_trade(cells, _("other or unspecified goods"))
    title = _("%(whole)s, %(period)s") % {"whole": labels.capital(whole), "period": labels.label(cells, year)}
    level = labels.goods("section", _("other or unspecified goods"))
    about = {"title": title, "year": year, "whole": parts, "unit": payload.unit(state)}
    ranked = ranking.draw(cells, gathered, level, bars=gathered, **about)
    return made | {
        "title": _title_of_other(cells, parts, year, whole),
        "sentence": sentences.of_other(cells, parts, year),
        "figures": [ranked] if gathered else [],
    }


def _title_of_other(cells, parts, year, whole):
    """The value alone: what is gathered is not the same from year to year."""
    if cells.flow == "balance":
        return balance.headline(cells, parts, year, _("other or unspecified goods"))
    return changes.plain(cells, parts, year, whole)


class Grouped:
    """The parts of a year that are named, the largest first, and those gathered as "other".

    Gathered are parts below THRESHOLD of the total, any after the seventh, and what the source does not specify.
    """

    def __init__(self, cells: Cells, members: list, whole: list, year: int):
        total, valued = cells.value(whole, year) or 0, ranking.by_size(cells, members, year)
        large = [member for member in valued if cells.value(member.slugs, year) >= THRESHOLD * total > 0]
        self.named = [member for member in large if member.key != UNSPECIFIED][:NAMED]
        self.gathered = [member for member in valued if member not in self.named]

    def drawn(self, name: str, url: str | None) -> list:
        """The named parts and one for all the others."""
        slugs = tuple(slug for member in self.gathered for slug in member.slugs)
        return _told_apart(self.named + ([Member(OTHER, name, 0, slugs, url)] if slugs else []))


def _told_apart(members):
    """Give parts without a colour greys, of which no two neighbours round the pie share one."""
    drawn = [one if one.colour or one.key == OTHER else replace(one, colour=None) for one in members]
    for place, member in enumerate(drawn):
        if member.colour is None:
            beside = {drawn[place - 1].colour, drawn[(place + 1) % len(drawn)].colour}
            used = [one.colour for one in drawn]
            drawn[place] = replace(member, colour=min((grey for grey in GREYS if grey not in beside), key=used.count))
    return drawn


def _weighed(cells):
    """The reading that says which parts are large: of a balance, what is traded either way."""
    return reading(cells.cube, "both", estimates=cells.estimates) if cells.flow == "balance" else cells


def _one_year(cells, members, level, whole, *, state, year):
    """A pie, if there is a true whole of two parts at least; the same parts ranked."""
    if len(members) < 2:
        return
    parent = cells.nodes[members[0].key]["parent"]
    grouped = Grouped(_weighed(cells), members, [parent], year)
    at_root = parent == ROOT
    url = state.url_of(OTHER) if at_root else None
    drawn = grouped.drawn(_("Other or unspecified") if at_root else level.others, url)
    if cells.flow == "balance":  # which parts are named goes by what is traded either way, their order by the balance
        drawn.sort(key=lambda member: (member.key == OTHER, -(cells.value(member.slugs, year) or 0)))
    about = {"year": year, "whole": [parent], "unit": payload.unit(state)}
    words = {
        "whole": whole,
        "Whole": labels.capital(whole),
        "one": level.one.lower(),
        "period": labels.label(cells, year),
    }
    if state["flow"] in FLOWS and len([member for member in drawn if cells.value(member.slugs, year)]) > 1:
        slices = pie.draw(cells, drawn, level, title=_("Breakdown of %(whole)s, %(period)s") % words, **about)
        yield slices | {"notes": [_rule(cells, grouped, drawn[-1], level, year)] if grouped.gathered else []}
    title = _("%(Whole)s by %(one)s, %(period)s") % words
    missing = missing_goods.of(cells, members, state, year)
    ranked = ranking.draw(cells, members, level, title=title, bars=[*drawn, *missing], **about)
    yield missing_goods.dated(ranked, cells, missing)


def _over_the_years(cells, state, node, members, level, whole):
    """The parts of a node over time; of a code without parts its own history, with its quantities."""
    if state.listed("show"):  # what has no figures in this flow is missing, not absent, where a reader asks for it
        members = [_member(cells.cube, state, slug) for slug in node["children"]]
    drawn = payload.drawn_over_time(state, members, level.others)
    title = _over_time(level, whole, len(members), payload.by_time(state))
    # Without parts it is one of the parts above it: its chart, table and files say the same share, and of what.
    shares_of = [node["parent"] if members[0].key == node["slug"] else node["slug"]]
    figure = payload.over_time(cells, state, drawn, level, title=title, whole=shares_of)
    if node["children"] or state["period"] == "months" or payload.unit(state) not in ("usd", "share"):
        return figure
    table = tables.history(cells.within(*state.span), members[0], shares_of, level, title)
    return figure | {"table": second_estimates.in_table(table, cells, members[0].key)}


def _rule(cells: Cells, grouped: Grouped, other: Member, level: Level, year: int) -> str:
    """Say what was gathered and by which rule: the reader can add it up again."""
    return _(
        "“%(other)s” (%(value)s) combines %(many)s below %(threshold)s of the total, any ranked below seventh, and "
        "goods not specified by the source. Included here: %(names)s."
    ) % {
        "other": other.name,
        "value": number_text.usd(cells.value(other.slugs, year)),
        "many": level.many,
        "threshold": number_text.percent(round(100 * THRESHOLD), 100),
        "names": labels.separated([member.name for member in grouped.gathered]),
    }


# Names and addresses.


def _member(cube, state, slug):
    node = cube["nodes"][slug]
    return Member(slug, labels.numbered(node), node["colour"], (slug,), state.url_of(slug))


def _crumbs(cube, state, node):
    crumbs = []
    while node["level"] != "root":
        url = state.at("commodity", node["slug"]).url()
        crumbs.insert(0, payload.crumb(labels.numbered(node), url))
        node = cube["nodes"][node["parent"]]
    return [payload.crumb(_("All goods"), state.at("commodities").url()), *crumbs]


def _level(cube, node, parts):
    """The level below a node; a node with nothing below it stands for itself, among the parts of what is above it."""
    below = cube["nodes"][node["children"][0] if parts == [ROOT] else parts[0]]
    above = cube["nodes"][below["parent"] or ROOT]
    return labels.goods(below["level"], _("all goods") if above["level"] == "root" else labels.numbered(above))


def _codes(node):
    """The codes that a page is about, of whatever depth: ["2701"], of a section its chapters; [] are all goods."""
    if node["level"] == "section":
        return node["children"]
    return [] if node["level"] == "root" else [node["code"]]


def _over_time(level, whole, count, time):
    words = {"whole": labels.capital(whole), "one": level.one.lower(), "time": time}
    return (_("%(whole)s by %(time)s") if count == 1 else _("%(whole)s by %(one)s and %(time)s")) % words
