"""A table as a reader hands it back → names resolved, faults that block, warnings that an editor must tick.

Pure functions on frames of `formats.COLUMNS`: no database, no files. Head is the frame of standing rows (columns id,
key, flow, year, month, component, value_usd, status, note, quantity, quantity_unit).
"""

from trade.importing.checks.faults import faults
from trade.importing.checks.names_to_codes import resolve
from trade.importing.checks.warnings import warnings

__all__ = ["faults", "resolve", "warnings"]
