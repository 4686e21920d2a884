"""What a reader of the index of goods chose: a dataset, a direction, a section that is unfolded, words to look for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from trade.charts import view_state
from trade.charts.cube import ROOT
from trade.charts.view_state import FLOWS, quoted

USUAL = view_state.default("commodities", "flow")
LONGEST = 100  # characters that are read of what somebody types


@dataclass(frozen=True)
class Choice:
    """A complete choice: Choice("china-commodities", "from_dprk", "v", "", …)."""

    dataset: str
    flow: str
    section: str = ""  # "v"
    text: str = ""
    usual_dataset: str = ""
    notices: list = field(default_factory=list)

    def query(self, **changes) -> str:
        """Write what differs from the usual: "flow=to_dprk&section=v"."""
        values = {"dataset": self.dataset, "flow": self.flow, "section": self.section, "q": self.text} | changes
        usual = {"dataset": self.usual_dataset, "flow": USUAL, "section": "", "q": ""}
        return urlencode({name: value for name, value in values.items() if value != usual[name]})

    def url(self, suffix: str = "", **changes) -> str:
        """Write the address with `changes`: choice.url(section="v") -> "/goods/?section=v"."""
        query = self.query(**changes)
        path = reverse("goods", kwargs={"form": suffix}) if suffix else reverse("goods")
        return f"{path}?{query}" if query else path


def read(query: Mapping, datasets: Sequence, cube: dict) -> Choice:
    """Read a query string, {"flow": ["to_dprk"]}, against the cube of its dataset, one of (slug, title) pairs."""
    asked = view_state.asked(query, datasets)
    found, notices = {name: _last(query, name) for name in ("flow", "section", "q")}, [*asked.notices]
    flow, section = found["flow"] or USUAL, found["section"].lower()
    if flow not in FLOWS:
        words = {"found": quoted(flow), "choices": _("%s or %s") % FLOWS, "default": USUAL}
        notices.append(_("“%(found)s” is not a valid flow. Choose %(choices)s; %(default)s is shown.") % words)
        flow = USUAL
    sections = cube["nodes"][ROOT]["children"]
    if section and section not in sections:
        words = {"found": quoted(section), "first": sections[0], "last": sections[-2:][0]}
        notices.append(_("There is no section “%(found)s”. Sections are %(first)s to %(last)s; none is open.") % words)
        section = ""
    text = _text(found["q"], notices)
    return Choice(asked.dataset, flow, section, text, datasets[0][0], notices)


def _last(query, name):
    return next((value.strip() for value in reversed(query.get(name, [])) if value.strip()), "")


def _text(found, notices):
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in found).split())
    if len(text) > LONGEST:
        notices.append(_("Only the first %(count)s characters were searched for.") % {"count": LONGEST})
    return text[:LONGEST].strip()
