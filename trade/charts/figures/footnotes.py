"""Notes that must stand beside a chart: what is missing, estimated, provisional, broken, invented."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trade.charts.cube_reader import Cells
from trade.charts.text.estimates import stand_for_the_figure
from trade.charts.text.labels import capital, label

SEVERAL = 6  # periods named one by one


def all_of(*sentences: str) -> list:
    """Keep the sentences that say something, each once."""
    return list(dict.fromkeys(sentence for sentence in sentences if sentence))


def gaps(cells: Cells, slugs: list, period) -> str:
    """Say how many figures are missing behind the chosen period's total."""
    missing = cells.gaps(slugs, period) if period else 0
    words = {"period": label(cells, period) if period else "", "count": missing}
    if not missing:
        return ""
    return capital(
        ngettext(
            "%(period)s: %(count)s figure is missing or incomplete; totals include only the values available.",
            "%(period)s: %(count)s figures are missing or incomplete; totals include only the values available.",
            missing,
        )
        % words
    )


def estimates(series: list, kind: str, dataset: dict) -> str:
    """Say what the hatch means, or the dashes, where there are any."""
    if not any(one["estimated"] for one in series):
        return ""
    if stand_for_the_figure(dataset):
        dashed, hatched = (
            _("Dashed: worked out from published figures."),
            _("Hatched: worked out from published figures."),
        )
        return dashed if kind == "line" else hatched
    if kind == "line":
        return _("Dashed: reported values plus estimates.")
    return _("Hatched: estimates added to the reported values.")


def letters(points: list) -> str:
    """Say what the small letters mean, where there are any: "p: provisional; u: low reliability."."""
    meanings = {"B": _("b: break in the series"), "P": _("p: provisional"), "U": _("u: low reliability")}
    found = {one["status"] for one in points if one["value"] is not None}
    words = "; ".join(meaning for letter, meaning in meanings.items() if letter in found)
    return f"{words}." if words else ""


def breaks(categories: list) -> str:
    """Say where the source breaks, so that what stands on either side is not compared."""
    found = [category["label"] for category in categories if category.get("break_before")]
    if not found:
        return ""
    named = ", ".join(found[:SEVERAL]) + ("…" if len(found) > SEVERAL else "")
    return _("Break in series before %(periods)s: values before and after the break are not comparable.") % {
        "periods": named
    }


def logarithmic(series: list) -> str:
    """Say what a logarithmic scale cannot draw."""
    zeros = any(point["value"] is not None and point["value"] <= 0 for one in series for point in one["points"])
    text = _("Logarithmic scale: equal distances represent equal ratios; zero cannot be shown.")
    return f"{text} {_('Zero values are in the table but not shown in the chart.')}" if zeros else text
