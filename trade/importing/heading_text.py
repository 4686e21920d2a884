"""The form in which titles, headers and labels are compared."""

import re

from trade.importing import cell_values

LONGEST = 300  # characters of a title that are read


def plain(heading) -> str:
    """Bring a heading to the form it is compared in: "Reported_USD " -> "reported usd"."""
    return re.sub(r"[\s_]+", " ", cell_values.text(heading)[:LONGEST].casefold()).strip()
