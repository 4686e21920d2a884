"""What the flows of trade are called for readers, as their partner sees them: the one place that says so.

The words are English. Who knows gettext translates them; who reads files knows no Django and takes them as they are.
"""


def _(words):
    """Mark words for translators."""
    return words


NAMES = {
    "to_dprk": _("exports to the DPRK"),
    "from_dprk": _("imports from the DPRK"),
    "total": _("both directions together"),
}
