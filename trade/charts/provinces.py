"""Makes the pages of provinces: all of them by year and ranked, and each with its flows and its place among them."""

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts import payload
from trade.charts.cube import ROOT
from trade.charts.figures import points, province_grid, rank_lines, ranking, second_estimates, tables
from trade.charts.figures.parts import flow_key
from trade.charts.schema import Payload
from trade.charts.text import headlines, labels
from trade.charts.text.labels import Member
from trade.charts.text.view_links import shareable
from trade.charts.view_state import FLOWS, State


@shareable
def provinces(cube: dict, state: State) -> Payload:
    """Make the page of all provinces: the years stacked, and one year ranked."""
    cells, year = payload.cells_of(cube, state), state["year"]
    made = payload.start(cube, state, cells, [payload.crumb(_("Provinces"), state.url())])
    if year is None:
        return made
    children, level = cube["nodes"][ROOT]["children"], labels.provinces()
    members = [_member(cube, state, slug) for slug in children]
    trade = labels.trade(cube["dataset"], cells.flow)
    return made | {
        "title": headlines.of_provinces(cells, children, year),
        "sentence": headlines.sentence(cells, ROOT, children, year, trade),
        "figures": [
            _by_time(cells, state, members, level, trade),
            _ranked(cells, state, members, level, trade),
            _map(cells, state, members, level, trade),
        ],
    }


def _by_time(cells, state, members, level, trade):
    words = {"trade": labels.capital(trade), "time": payload.by_time(state)}
    title = _("%(trade)s by province and %(time)s") % words
    drawn = payload.drawn_over_time(state, members, level.others)
    return payload.over_time(cells, state, drawn, level, title=title, whole=[ROOT])


def _ranked(cells, state, members, level, trade):
    year = state["year"]
    title = _("%(trade)s by province, %(period)s") % {
        "trade": labels.capital(trade),
        "period": labels.label(cells, year),
    }
    bars = ranking.largest(cells, members, level, year)
    about = {"title": title, "year": year, "whole": [ROOT], "unit": payload.unit(state)}
    return ranking.draw(cells, members, level, bars=bars, **about)


def _map(cells, state, members, level, trade):
    year = state["year"]
    title = _("%(trade)s as a grid, %(period)s") % {"trade": labels.capital(trade), "period": labels.label(cells, year)}
    about = {"title": title, "year": year, "whole": [ROOT], "unit": payload.unit(state)}
    return province_grid.draw(cells, members, level, **about)


@shareable
def province(cube: dict, slug: str, state: State) -> Payload:
    """Make the page of one province: both flows by year, rank and share. Raises KeyError for an unknown one."""
    if slug not in cube["nodes"][ROOT]["children"]:
        raise KeyError(slug)
    node, year = cube["nodes"][slug], state["year"]
    both = [payload.cells_of(cube, state, flow) for flow in FLOWS]
    crumbs = [payload.crumb(_("Provinces"), state.at("provinces").url())]
    made = payload.start(cube, state, both[0], [*crumbs, payload.crumb(node["name"], state.url())])
    made |= {"province": node, "basis": labels.basis(cube["dataset"], "both")}
    if year is None:
        return made
    sentences = [headlines.of_one(cells, slug, year) for cells in both]
    return made | {
        "title": _title(both[0], _member(cube, state, slug), year),
        "sentence": " ".join(sentences),
        "figures": [
            *(_history(cells, state, _member(cube, state, slug)) for cells in both),
            *_places(both, state, _member(cube, state, slug)),
        ],
    }


def _places(both, state, member):
    """Where a province stands among the others, of years alone."""
    if state["period"] == "years":
        yield rank_lines.draw({cells.flow: cells for cells in both}, member, labels.provinces(), current=state["year"])


def _member(cube, state, slug):
    node = cube["nodes"][slug]
    return Member(slug, node["name"], node["colour"], (slug,), state.url_of(slug))


def _title(cells, member, year):
    words = {
        "name": member.name,
        "rank": points.rank(cells, member, year),
        "trade": labels.trade(cells.cube["dataset"], cells.flow),
        "period": labels.label(cells, year),
        "share": number_text.percent(cells.value(member.slugs, year), cells.value([ROOT], year)),
    }
    if not words["rank"]:
        return _("%(name)s’s trade with the DPRK") % words
    return _("%(name)s came %(rank)s provinces in %(trade)s in %(period)s, with %(share)s") % words


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
    if state["period"] == "months":
        return figure
    table = tables.history(cells, member, [ROOT], labels.provinces(), title)
    return figure | {"table": second_estimates.in_table(table, cells, member.key)}
