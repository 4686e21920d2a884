"""Resolutions of the UN Security Council and what each bans or caps; other dated events. Each with its history."""

from sanctions.models.event import Event, validate_provinces
from sanctions.models.measure import UNCHECKED, Measure, MeasureCode, Resolution, validate_codes

__all__ = ["UNCHECKED", "Event", "Measure", "MeasureCode", "Resolution", "validate_codes", "validate_provinces"]
