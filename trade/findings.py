"""What a chart shows, in words: a headline that computation bears out, and one sentence with the numbers.

Leads and shares are of the shown value; full years alone are compared with full years, and a tie leads nothing.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trade import numbers
from trade.cube import ROOT, Cells, newest_full_year
from trade.figures import label


def trade(dataset: dict, flow: str) -> str:
    """Name a flow in a sentence: "China's exports to the DPRK", "the world's imports from the DPRK"."""
    if flow == "to_dprk":
        return _("%(partner)s’s exports to the DPRK") % {"partner": dataset["partner"]}
    return _("%(partner)s’s imports from the DPRK") % {"partner": dataset["partner"]}


def flow_label(dataset: dict, flow: str) -> str:
    """Name a flow on a control: "Chinese exports to the DPRK", "World imports from the DPRK (DPRK exports)"."""
    words = {
        ("China", "to_dprk"): _("Chinese exports to the DPRK"),
        ("China", "from_dprk"): _("Chinese imports from the DPRK"),
        ("the world", "to_dprk"): _("World exports to the DPRK"),
        ("the world", "from_dprk"): _("World imports from the DPRK (DPRK exports)"),
    }
    return words.get((dataset["partner"], flow)) or capital(trade(dataset, flow))


def capital(sentence: str) -> str:
    """Begin a sentence: "the world’s …" -> "The world’s …"."""
    return sentence[:1].upper() + sentence[1:]


def leader(cells: Cells, slugs: list, year: int) -> str | None:
    """The one of `slugs` with the largest value of a year; None where two share the lead or none has any."""
    best = cells.ranked(slugs, year)
    if not best or not cells.value([best[0]], year):
        return None
    if len(best) > 1 and cells.value([best[0]], year) == cells.value([best[1]], year):
        return None
    return best[0]


def overtaken(cells: Cells, slugs: list, year: int) -> str | None:
    """Who led the year before, if another leads now and both have a value in both years; both years full."""
    if cells.part(year) or cells.part(year - 1):
        return None
    now, before = leader(cells, slugs, year), leader(cells, slugs, year - 1)
    both = [cells.value([slug], y) for slug in (now, before) if slug for y in (year, year - 1)]
    return before if now and before and now != before and None not in both else None


def headline(cells: Cells, slugs: list, year: int, whole: str) -> str:
    """Say who leads: "Guangdong overtook Liaoning in 2019 …" or "Liaoning had 37% of … in 2024".

    `whole` is what the slugs are parts of: "China’s exports to the DPRK".
    """
    first = leader(cells, slugs, year)
    if not first:
        return _("%(whole)s, %(period)s") % {"whole": capital(whole), "period": label(cells, year)}
    words = {"first": cells.nodes[first]["name"], "period": label(cells, year), "whole": whole}
    if second := overtaken(cells, slugs, year):
        words |= {"second": cells.nodes[second]["name"]}
        return _("%(first)s overtook %(second)s in %(period)s as the largest part of %(whole)s") % words
    words |= {"share": numbers.percent(cells.value([first], year), cells.value(slugs, year))}
    return _("%(first)s: %(share)s of %(whole)s in %(period)s") % words


def province_headline(cells: Cells, slugs: list, year: int, dataset: dict) -> str:
    """Say which province leads, with the verb of the flow: "Liaoning sold 37% of China’s exports … in 2024"."""
    first = leader(cells, slugs, year)
    if not first or overtaken(cells, slugs, year):
        return headline(cells, slugs, year, trade(dataset, cells.flow))
    words = {
        "first": cells.nodes[first]["name"],
        "period": label(cells, year),
        "whole": trade(dataset, cells.flow),
        "share": numbers.percent(cells.value([first], year), cells.value(slugs, year)),
    }
    if cells.flow == "to_dprk":
        return _("%(first)s sold %(share)s of %(whole)s in %(period)s") % words
    return _("%(first)s bought %(share)s of %(whole)s in %(period)s") % words


def sentence(cells: Cells, slug: str, parts: list, year: int, whole: str) -> str:
    """Give the numbers: the whole, its valuation, its change from the year before, its two largest parts."""
    dataset = cells.cube["dataset"]
    value = cells.value([slug], year)
    if value is None:
        text = _("There is no figure for %(whole)s in %(period)s.") % {"whole": whole, "period": label(cells, year)}
        return " ".join(filter(None, [text, demonstration(dataset)]))
    text = _("%(whole)s came to %(value)s in %(period)s (%(basis)s)") % {
        "whole": capital(whole),
        "value": numbers.usd(value),
        "period": label(cells, year),
        "basis": basis(cells, slug, year),
    }
    text += comparison(cells, slug, year) + _largest(cells, parts, year) + "."
    return " ".join(filter(None, [text, gaps(cells, slug, year), demonstration(dataset)]))


def basis(cells: Cells, slug: str, year: int) -> str:
    """Say on what basis a value stands: "FOB, of which US$310 m is an estimate"."""
    words = cells.cube["dataset"]["basis"][cells.flow]
    estimate = cells.estimate([slug], year)
    if estimate is None:
        return words
    return _("%(basis)s, of which %(value)s is an estimate") % {"basis": words, "value": numbers.usd(estimate)}


def comparison(cells: Cells, slug: str, year: int) -> str:
    """Compare with the year before, full with full, or with the same months: ", 8% less than in 2023"; else ""."""
    now, months = cells.value([slug], year), cells.part(year)
    before = cells.months_sum(slug, year - 1, months) if months else cells.value([slug], year - 1)
    if not before or (cells.part(year - 1) and cells.part(year - 1) != months):
        return ""
    when = label(cells, year).replace(str(year), str(year - 1)) if months else str(year - 1)
    return ", " + numbers.change(now, before, when)


def gaps(cells: Cells, slug: str, year: int) -> str:
    """Say how many parts of a sum are missing: "3 figures are missing or incomplete."; "" if none is."""
    missing = cells.gaps([slug], year)
    if not missing:
        return ""
    return ngettext(
        "%(count)s figure behind it is missing or incomplete; the total is the sum of what there is.",
        "%(count)s figures behind it are missing or incomplete; the total is the sum of what there is.",
        missing,
    ) % {"count": missing}


def demonstration(dataset: dict) -> str:
    """Say that the figures are invented, wherever they are."""
    return _("Demonstration data: these figures are invented.") if dataset["is_demonstration"] else ""


def _largest(cells, parts, year):
    best = cells.ranked(parts, year)[:2]
    if not best or not cells.value(best[:1], year):
        return ""
    words = [f"{cells.nodes[slug]['name']} ({numbers.usd(cells.value([slug], year))})" for slug in best]
    if len(words) == 1:
        return _("; all of it %(first)s") % {"first": words[0]} if len(parts) > 1 else ""
    return _("; the largest parts were %(first)s and %(second)s") % {"first": words[0], "second": words[1]}


def place_sentence(cells: Cells, slug: str, siblings: list, year: int) -> str:
    """Give one province's numbers in one flow: value, change, rank and share."""
    value = cells.value([slug], year)
    words = {"whole": trade(cells.cube["dataset"], cells.flow), "period": label(cells, year)}
    words |= {"name": cells.nodes[slug]["name"]}
    if value is None:
        return _("%(name)s has no figure for %(whole)s in %(period)s.") % words
    words |= {
        "value": numbers.usd(value),
        "basis": basis(cells, slug, year),
        "share": numbers.percent(value, cells.value(siblings, year)) or numbers.percent(0, 1),
        "change": comparison(cells, slug, year),
    }
    return (
        _("%(name)s’s part of %(whole)s came to %(value)s in %(period)s (%(basis)s)%(change)s: %(share)s of it.")
        % words
    )


def home_headline(both: dict, dataset: dict) -> str:
    """Say both totals of the newest full year: "China sold the DPRK US$2.1 bn of goods in 2024 and bought US$347 m"."""
    year = newest_full_year(both["to_dprk"].cube, "to_dprk")
    sold, bought = (both[flow].value([ROOT], year) for flow in ("to_dprk", "from_dprk"))
    words = {"partner": capital(dataset["partner"]), "period": label(both["to_dprk"], year)}
    words |= {"sold": numbers.usd(sold), "bought": numbers.usd(bought)}
    return _("%(partner)s sold the DPRK %(sold)s of goods in %(period)s and bought %(bought)s") % words


def home_sentence(both: dict, dataset: dict) -> str:
    """Give both flows' basis and change in one sentence, and say what is invented."""
    year = newest_full_year(both["to_dprk"].cube, "to_dprk")
    parts = [
        _("%(whole)s: %(value)s (%(basis)s)%(change)s") % {
            "whole": capital(trade(dataset, flow)),
            "value": numbers.usd(cells.value([ROOT], year)),
            "basis": basis(cells, ROOT, year),
            "change": comparison(cells, ROOT, year),
        }
        for flow, cells in both.items()
    ]  # fmt: skip
    return " ".join(filter(None, ["; ".join(parts) + ".", demonstration(dataset)]))
