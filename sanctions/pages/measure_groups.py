"""The list of measures in groups that fold: by resolution, or by goods; each says what it holds before it is opened."""

from collections.abc import Iterable
from typing import NamedTuple

from sanctions.models import Measure, Resolution

DIRECTIONS = ["from_dprk", "to_dprk", "both", "none"]  # in the order in which a reader asks for them


class Group(NamedTuple):
    """A group: Group("resolution-2371", "Resolution 2371 (2017)", "minerals, seafood", measures, resolution)."""

    anchor: str
    label: str
    note: str
    measures: list
    resolution: Resolution | None = None


def by_resolution(measures: Iterable) -> list[Group]:
    """Group measures by their resolutions, in their order, each with the categories that it touches."""
    return [
        Group(f"resolution-{resolution.pk}", str(resolution), ", ".join(_categories(found)), found, resolution)
        for resolution, found in _parts(measures, lambda measure: measure.resolution)
    ]


def by_goods(measures: Iterable) -> list[Group]:
    """Group measures by direction and category, what comes from the DPRK first."""
    categories = Measure.Category.values
    ordered = sorted(measures, key=lambda one: (DIRECTIONS.index(one.direction), categories.index(one.category)))
    return [
        Group(f"{direction}-{category}", str(found[0].get_category_display()), found[0].get_direction_display(), found)
        for (direction, category), found in _parts(ordered, lambda measure: (measure.direction, measure.category))
    ]


def _parts(measures, key):
    found = {}
    for measure in measures:
        found.setdefault(key(measure), []).append(measure)
    return found.items()


def _categories(measures):
    return dict.fromkeys(str(measure.get_category_display()) for measure in measures)
