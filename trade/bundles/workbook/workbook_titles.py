"""The titles of the sheets of our workbook, and the lines below them: source, release, valuation."""

from django.utils.translation import gettext as _

from trade.models import Dataset


def flow_title(dataset: Dataset, flow: str) -> str:
    """Say a flow of a dataset in words: "Chinese exports to the DPRK"."""
    words = {
        ("to_dprk", True): _("Chinese exports to the DPRK"),
        ("from_dprk", True): _("Chinese imports from the DPRK"),
        ("to_dprk", False): _("World exports to the DPRK"),
        ("from_dprk", False): _("World imports from the DPRK"),
    }
    return words[flow, dataset.partner == "China"]


def title_lines(release, *first):
    """Write the lines under every title: the first ones, source, release, and that a demonstration is one."""
    lines = [
        *first,
        _("Source: %s.") % release.dataset.source,
        _("Release %(number)d of %(date)s.") % {"number": release.number, "date": release.created.date().isoformat()},
    ]
    if release.dataset.is_demonstration:
        lines.append(_("DEMONSTRATION: these figures are invented. Do not cite them."))
    return lines
