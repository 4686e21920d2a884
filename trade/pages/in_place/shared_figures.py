"""Keeps the figures that many views have in common, such as a chart over all years, while nothing changes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from web.page_cache.by_stamp import once_a_stamp

MOST = 40  # figures of a release, each up to half a megabyte


class Figures(dict):
    """Figures by what they show, or what is made of them; beyond MOST the oldest gives way."""

    def __setitem__(self, key, figure):
        if len(self) >= MOST:
            self.pop(next(iter(self)), None)
        super().__setitem__(key, figure)


@once_a_stamp
def of(dataset: str, number: int) -> Figures:
    """The figures made of a release so far, for views to take and to add to: they change none of them."""
    return Figures()


def once_an_object(make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Decorate a function of a part of a shared figure, which nobody changes, so that it is called once for it."""
    made = Figures()  # id of a part: (the part, so that no other can have its id, what was made of it)

    @wraps(make)
    def answer(part):
        found = made.get(id(part))
        if found is None:
            found = made[id(part)] = (part, make(part))
        return found[1]

    return answer
