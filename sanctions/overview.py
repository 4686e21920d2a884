"""The overview at the top of the list of sanctions: its groups, each with a link and the number of its measures."""

from collections import Counter
from typing import NamedTuple


class Group(NamedTuple):
    """A group of the list: Group("resolution-2371", "Resolution 2371 (2017)", "minerals, seafood", 5)."""

    anchor: str
    label: str
    note: str
    measures: int


def by_resolution(measures: list) -> list[Group]:
    """Group measures by their resolutions, each with the categories it touches; [] where there is one group only."""
    counts = Counter(measure.resolution for measure in measures)
    groups = []
    for resolution, count in counts.items():
        categories = dict.fromkeys(
            str(measure.get_category_display()) for measure in measures if measure.resolution_id == resolution.pk
        )
        groups.append(Group(f"resolution-{resolution.pk}", str(resolution), ", ".join(categories), count))
    return groups if len(groups) > 1 else []


def by_goods(measures: list) -> list[Group]:
    """Group measures by direction and category, in their order; [] where there is one group only."""
    counts = Counter((measure.direction, measure.category) for measure in measures)
    named = {(one.direction, one.category): one for one in measures}
    groups = [
        Group(
            f"{direction}-{category}",
            str(named[direction, category].get_category_display()),
            str(named[direction, category].get_direction_display()),
            count,
        )
        for (direction, category), count in counts.items()
    ]
    return groups if len(groups) > 1 else []
