"""Makes the pages of provinces: all of them by year and ranked, and each with its flows and its place among them."""

from django.utils.translation import gettext as _

from trade.charts import payload
from trade.charts.choices import index_base
from trade.charts.comparisons import compared_words
from trade.charts.cube import ROOT
from trade.charts.figures import province_grid, rank_lines, ranking, second_estimates, tables
from trade.charts.figures.parts import flow_key
from trade.charts.schema import Payload
from trade.charts.text import headlines, labels, sentences, span_words
from trade.charts.text.headlines import Among, Subject
from trade.charts.text.labels import Member, trade_of
from trade.charts.text.view_links import shareable
from trade.charts.view_state import FLOWS, State


@shareable
@index_base.named
def provinces(cube: dict, state: State) -> Payload:
    """Make the page of all provinces: the years stacked, and one year ranked."""
    cells, time = payload.cells_of(cube, state), state.time
    made = payload.start(cube, state, cells, [payload.crumb(_("Provinces"), state.url())])
    if time is None:
        return made
    children, level = cube["nodes"][ROOT]["children"], labels.provinces()
    members = [_member(cube, state, slug) for slug in children]
    trade = labels.trade(cube["dataset"], cells.flow)
    return made | {
        **_words(cells, state, time, level, trade),
        "figures": [
            _by_time(cells, state, members, level, trade),
            _ranked(cells, members, level, trade, year=time, unit=payload.unit(state)),
            _map(cells, members, level, trade, year=time, unit=payload.unit(state)),
        ],
    }


def _words(cells, state, period, level, trade):
    """The title and sentence of all provinces, or of those that a reader compares."""
    if state.listed("show"):
        return compared_words.of(cells, state, trade, level.many, (ROOT,))
    children = cells.nodes[ROOT]["children"]
    return {
        "title": headlines.headline(cells, Subject((ROOT,), trade, children), period),
        "sentence": span_words.after(
            sentences.of_whole(cells, (ROOT,), children, period, trade), cells, state.span, (ROOT,), trade
        ),
    }


def _by_time(cells, state, members, level, trade):
    words = {"trade": labels.capital(trade), "time": payload.by_time(state)}
    title = _("%(trade)s by province and %(time)s") % words
    drawn = payload.drawn_over_time(state, members, level.others)
    return payload.over_time(cells, state, drawn, level, title=title, whole=[ROOT])


def _ranked(cells, members, level, trade, *, year, unit):
    title = _("%(trade)s by province, %(period)s") % {
        "trade": labels.capital(trade),
        "period": labels.label(cells, year),
    }
    bars = ranking.largest(cells, members, level, year)
    about = {"title": title, "year": year, "whole": [ROOT], "unit": unit}
    return ranking.draw(cells, members, level, bars=bars, **about)


def _map(cells, members, level, trade, *, year, unit):
    words = {"trade": labels.capital(trade), "period": labels.label(cells, year)}
    title = _("%(trade)s: map of provinces (tile grid), %(period)s") % words
    about = {"title": title, "year": year, "whole": [ROOT], "unit": unit}
    return province_grid.draw(cells, members, level, **about)


@shareable
@index_base.named
def province(cube: dict, slug: str, state: State) -> Payload:
    """Make the page of one province: both flows by year, rank and share. Raises KeyError for an unknown one."""
    if slug not in cube["nodes"][ROOT]["children"]:
        raise KeyError(slug)
    node = cube["nodes"][slug]
    both = [payload.cells_of(cube, state, flow) for flow in FLOWS]
    crumbs = [payload.crumb(_("Provinces"), state.at("provinces").url())]
    made = payload.start(cube, state, both[0], [*crumbs, payload.crumb(node["name"], state.url())])
    made |= {"province": node, "basis": labels.basis(cube["dataset"], "both")}
    if state.time is None:
        return made
    return made | {
        **_words_of_one(both, state, slug),
        "figures": [
            *(_history(cells, state, _member(cube, state, slug)) for cells in both),
            *_places(both, state, _member(cube, state, slug)),
        ],
    }


def _places(both, state, member):
    """Where a province stands among the others, of years alone; one without trade has no place worth drawing."""
    has_trade = any(any(cells.column("value", member.slugs)) for cells in both)
    if has_trade and state["period"] != "months":
        sides = {cells.flow: cells.within(*state.span) for cells in both}
        yield rank_lines.draw(sides, member, labels.provinces(), current=state.time)


def _member(cube, state, slug):
    node = cube["nodes"][slug]
    return Member(slug, node["name"], node["colour"], (slug,), state.url_of(slug))


def _words_of_one(both, state, slug):
    """The title, of the first direction in which a province has a figure, and a sentence on each."""
    first = next((cells for cells in both if cells.value((slug,), state.time)), both[0])
    findings = {
        flow_key(cells.flow): {"title": _title(cells, state.time, slug), "sentence": _sentence(cells, state, slug)}
        for cells in both
    }
    sentence = " ".join(one["sentence"] for one in findings.values())
    return {"title": _title(first, state.time, slug), "sentence": sentence, "findings": findings}


def _title(cells, period, slug):
    subject = Subject((slug,), trade_of(cells, (slug,)))
    among = Among(labels.provinces().many, trade_of(cells, (ROOT,)), (ROOT,))
    return headlines.headline(cells, subject, period, among)


def _sentence(cells, state, slug):
    whole = trade_of(cells, (slug,))
    return span_words.after(sentences.of_part(cells, slug, state.time, whole), cells, state.span, (slug,), whole)


def _history(cells, state, member):
    """One flow of one province over the years."""
    trade = labels.capital(labels.trade(cells.cube["dataset"], cells.flow))
    title = _("%(trade)s: %(name)s by %(time)s") % {
        "trade": trade,
        "name": member.name,
        "time": payload.by_time(state),
    }
    figure = payload.over_time(cells, state, [member], labels.provinces(), title=title, whole=[ROOT])
    figure |= {"id": flow_key(cells.flow), "basis": labels.basis(cells.cube["dataset"], cells.flow)}
    if state["period"] == "months" or payload.unit(state) != "usd":
        return figure
    table = tables.history(cells.within(*state.span), member, [ROOT], labels.provinces(), title)
    return figure | {"table": second_estimates.in_table(table, cells, member.key)}
