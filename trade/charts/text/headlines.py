"""Says what a chart shows: a headline that computation bears out, and a sentence with the numbers.

Leads and shares are of the shown value; full years alone are compared with full years, and a tie leads nothing.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trade import number_text
from trade.charts.cube import ROOT
from trade.charts.cube_reader import Cells, newest_full_year
from trade.charts.text import balance, turning_points
from trade.charts.text.labels import basis as of_flow
from trade.charts.text.labels import capital, label, trade, year_label


def leader(cells: Cells, slugs: list, year: int) -> str | None:
    """The one of `slugs` with the largest value of a year; None where two share the lead or none has any."""
    ranked = cells.ranked(slugs, year)[:2]
    values = [cells.value([slug], year) for slug in ranked]
    is_tie = len(values) == 2 and len(set(values)) == 1
    return ranked[0] if values and values[0] and not is_tie else None


def overtaken(cells: Cells, slugs: list, year: int) -> str | None:
    """Who led the year before, if another leads now; both must have a value in both years, and both years be full."""
    if cells.part(year) or cells.part(year - 1):
        return None
    now, before = leader(cells, slugs, year), leader(cells, slugs, year - 1)
    if not now or not before or now == before:
        return None
    return before if None not in (cells.value([now], year - 1), cells.value([before], year)) else None


def headline(cells: Cells, slugs: list, year: int, whole: str, parent: str = "") -> str:
    """Say what is most worth knowing of a year, by one rule: a new leader, a turning point, else who leads; or "".

    "Guangdong overtook Liaoning in 2019 …", "Mineral products in China’s imports … fell by 87% in 2018",
    "Footwear made up 50% of …". `parent` is the node that the parts make up.
    """
    if cells.flow == "balance":
        return ""
    first = leader(cells, slugs, year) if len(slugs) > 1 else None
    if first and (second := overtaken(cells, slugs, year)):
        words = _about(cells, first, slugs, year, whole) | {"second": cells.nodes[second]["name"]}
        return _("%(first)s overtook %(second)s in %(period)s as the largest part of %(whole)s") % words
    if turned := turning_points.headline(cells, [parent] if parent else slugs, year, whole):
        return turned
    # One part that alone has a figure is no finding: nobody knows how much the others are.
    if not first or len(cells.ranked(slugs, year)) < 2:
        return ""
    return _("%(first)s made up %(share)s of %(whole)s in %(period)s") % _about(cells, first, slugs, year, whole)


def of_provinces(cells: Cells, slugs: list, year: int) -> str:
    """Say which province leads, with the verb of the flow: "Liaoning sold 37% of China’s exports … in 2024"."""
    if cells.flow == "balance":
        return balance.headline(cells, [ROOT], year)
    whole = trade(cells.cube["dataset"], cells.flow)
    first = leader(cells, slugs, year)
    if not first:
        return _("%(whole)s, %(period)s") % {"whole": capital(whole), "period": label(cells, year)}
    if overtaken(cells, slugs, year) or turning_points.headline(cells, [ROOT], year, whole):
        return headline(cells, slugs, year, whole, ROOT)
    words = _about(cells, first, slugs, year, whole)
    if cells.flow == "both":
        return _("%(first)s had %(share)s of %(whole)s in %(period)s") % words
    if cells.flow == "to_dprk":
        return _("%(first)s sold %(share)s of %(whole)s in %(period)s") % words
    return _("%(first)s bought %(share)s of %(whole)s in %(period)s") % words


def plain(cells: Cells, slug: str, year: int, whole: str) -> str:
    """Say one value: "Coal in China’s imports from the DPRK: US$1.06 bn in 2016"."""
    if cells.flow == "balance":
        node = cells.nodes[slug]
        return balance.headline(cells, [slug], year, "" if slug == ROOT else node["name"])
    words = {"whole": capital(whole), "value": number_text.usd(cells.value([slug], year)), "period": label(cells, year)}
    if cells.value([slug], year) is None:
        return _("%(whole)s: no figure for %(period)s") % words
    return _("%(whole)s: %(value)s in %(period)s") % words


def sentence(cells: Cells, slug: str, parts: list, year: int, whole: str) -> str:
    """Give the numbers: the whole, its valuation, its change from the year before, its two largest parts."""
    if cells.flow == "balance":
        return balance.sentence(cells, [slug], year)
    value = cells.value([slug], year)
    words = {"whole": whole, "Whole": capital(whole), "value": number_text.usd(value), "period": label(cells, year)}
    if value is None:
        text = _("There is no figure for %(whole)s in %(period)s.") % words
    else:
        words["basis"] = basis(cells, [slug], year)
        text = _("%(Whole)s came to %(value)s in %(period)s (%(basis)s)") % words
        text += comparison(cells, slug, year) + _largest(cells, parts, year) + "."
    return text


def of_other(cells: Cells, parts: list, year: int) -> str:
    """Give the numbers of what is gathered as other."""
    if cells.flow == "balance":
        return balance.sentence(cells, parts, year)
    value = cells.value(parts, year)
    words = {
        "value": number_text.usd(value),
        "period": label(cells, year),
        "basis": basis(cells, parts, year),
        "share": number_text.percent(value, cells.value([ROOT], year)),
        "trade": trade(cells.cube["dataset"], cells.flow),
        "count": len(parts),
    }
    text = ngettext(
        "Other or unspecified goods came to %(value)s in %(period)s (%(basis)s), %(share)s of %(trade)s, in %(count)s"
        " section.",
        "Other or unspecified goods came to %(value)s in %(period)s (%(basis)s), %(share)s of %(trade)s, in %(count)s"
        " sections.",
        len(parts),
    )
    if value is None:
        text = _("There are no other or unspecified goods in %(period)s.")
    return text % words


def of_one(cells: Cells, slug: str, year: int) -> str:
    """Give one province's numbers in one flow: value, change, share."""
    value = cells.value([slug], year)
    words = {"trade": trade(cells.cube["dataset"], cells.flow), "period": label(cells, year)}
    words |= {"name": cells.nodes[slug]["name"], "value": number_text.usd(value)}
    if value is None:
        return _("%(name)s has no figure for %(trade)s in %(period)s.") % words
    words |= {"basis": basis(cells, [slug], year), "change": comparison(cells, slug, year)}
    words |= {"share": number_text.percent(value, cells.value([ROOT], year)) or number_text.percent(0, 1)}
    return (
        _("%(name)s’s part of %(trade)s came to %(value)s in %(period)s (%(basis)s), or %(share)s%(change)s.") % words
    )


def of_home(both: dict) -> str:
    """Say both totals of the newest full year: "China sold the DPRK US$2.1 bn of goods in 2024 and bought US$347 m"."""
    cells = both["to_dprk"]
    year = newest_full_year(cells.cube, "to_dprk")
    words = {flow: number_text.usd(one.value([ROOT], year)) for flow, one in both.items()}
    words |= {"partner": capital(cells.cube["dataset"]["partner"]), "period": label(cells, year)}
    return _("%(partner)s sold the DPRK %(to_dprk)s of goods in %(period)s and bought %(from_dprk)s") % words


def home_sentence(both: dict) -> str:
    """Give both flows' valuation and change in one sentence."""
    dataset = both["to_dprk"].cube["dataset"]
    year = newest_full_year(both["to_dprk"].cube, "to_dprk")
    parts = [
        _("%(trade)s: %(value)s (%(basis)s)%(change)s")
        % {
            "trade": capital(trade(dataset, flow)),
            "value": number_text.usd(cells.value([ROOT], year)),
            "basis": basis(cells, [ROOT], year),
            "change": comparison(cells, ROOT, year),
        }
        for flow, cells in both.items()
    ]
    return "; ".join(parts) + "."


# Parts of a sentence.


def basis(cells: Cells, slugs: list, year: int) -> str:
    """Say on what basis a value stands: "FOB, of which US$310 m is an estimate"."""
    words = of_flow(cells.cube["dataset"], cells.flow)
    estimate = cells.estimate(slugs, year)
    if estimate is None:
        return words
    return _("%(basis)s, of which %(value)s is an estimate") % {"basis": words, "value": number_text.usd(estimate)}


def comparison(cells: Cells, slug: str, year: int) -> str:
    """Compare with the year before, full with full, or with the same months: ", 8% less than in 2023"; else ""."""
    now, months = cells.value([slug], year), cells.part(year)
    before = cells.same_months(slug, year - 1, months) if months else cells.value([slug], year - 1)
    if not before or now is None or (not months and cells.part(year - 1)):
        return ""
    return ", " + number_text.change(now, before, year_label(year - 1, months))


def _about(cells, first, slugs, year, whole):
    share = number_text.percent(cells.value([first], year), cells.value(slugs, year))
    return {"first": cells.nodes[first]["name"], "period": label(cells, year), "whole": whole, "share": share}


def _largest(cells, parts, year):
    best = [slug for slug in cells.ranked(parts, year)[:2] if cells.value([slug], year)]
    words = [f"{cells.nodes[slug]['name']} ({number_text.usd(cells.value([slug], year))})" for slug in best]
    if len(words) < 2:
        return ""
    return _("; the largest parts were %(first)s and %(second)s") % {"first": words[0], "second": words[1]}
