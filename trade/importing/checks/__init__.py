"""The checks of a table that was read: its names become codes, faults block it, warnings must be ticked by an editor.

Pure functions on frames of trade.frames.READ_COLUMNS: no database, no files. Head is the frame of standing rows
(trade.frames.HEAD_COLUMNS), those of the newest release.
"""

from trade.importing.checks.faults import faults
from trade.importing.checks.largest_changes import largest, largest_new
from trade.importing.checks.names_to_codes import resolve
from trade.importing.checks.warnings import warnings

__all__ = ["faults", "largest", "largest_new", "resolve", "warnings"]
