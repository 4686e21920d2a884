"""Keeps the figures that many views have in common, such as a chart over all years, while nothing changes."""

from collections import OrderedDict

from web.page_cache.by_stamp import once_a_stamp

MOST = 40  # figures of a release, each up to half a megabyte


class Figures(OrderedDict):
    """Figures by what they show; beyond MOST the oldest gives way."""

    def __setitem__(self, key, figure):
        super().__setitem__(key, figure)
        if len(self) > MOST:
            self.popitem(last=False)


@once_a_stamp
def of(dataset: str, number: int) -> Figures:
    """The figures made of a release so far, for views to take and to add to: they change none of them.

    Nothing is read here; a stamp begins with none, because figures may show words that an edit has changed.
    """
    return Figures()
