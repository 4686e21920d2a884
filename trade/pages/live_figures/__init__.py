"""Live figures: values of releases within the answers to questions, and which answers a release affects.

settings.PROVIDERS names this package, so that `faq` need not import `trade`. A live figure is a token in the text,
`{{ value from_dprk 27 2016 china-commodities }}` (token_text.py); readers get its value with unit and status, in words
(figure_words.py). asked_beside.py asks the other way: which questions stand on a page of charts.
"""

from trade.pages.live_figures.figures import Figures
from trade.pages.live_figures.picker import choices
from trade.pages.live_figures.release_effects import Relied, changed, newest, ranges_of, relied_on
from trade.pages.live_figures.token_faults import faults, unknown

__all__ = ["Figures", "Relied", "changed", "choices", "faults", "newest", "ranges_of", "relied_on", "unknown"]
