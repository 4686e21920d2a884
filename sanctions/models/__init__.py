"""Resolutions of the UN Security Council, what each bans or caps, what China announced; other dated events."""

from sanctions.models.announcement import Announcement
from sanctions.models.cap import Cap
from sanctions.models.event import Event, validate_provinces
from sanctions.models.hs_code_field import validate_codes
from sanctions.models.measure import UNCHECKED, Measure
from sanctions.models.measure_code import MeasureCode
from sanctions.models.resolution import Resolution

__all__ = [
    "UNCHECKED",
    "Announcement",
    "Cap",
    "Event",
    "Measure",
    "MeasureCode",
    "Resolution",
    "validate_codes",
    "validate_provinces",
]
