"""Which releases the pages show: those that readers are offered, and in a preview the one that may come next.

In a preview (trade.pages.preview.view) a release that is not published stands in place of the newest of its dataset, as
if it were. It is in no table, so that pages ask here instead of the database.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import chain

from django.shortcuts import get_object_or_404

from trade.models import Dataset, Release
from web.page_cache.by_stamp import once_a_stamp

_previewed: ContextVar[Release | None] = ContextVar("previewed", default=None)


@contextmanager
def previewing(release: Release) -> Iterator[None]:
    """Let pages show a release that is not published as the newest of its dataset."""
    token = _previewed.set(release)
    try:
        yield
    finally:
        _previewed.reset(token)


def is_preview() -> bool:
    return _previewed.get() is not None


def newest_ones(kind: str | None = None) -> list[Release]:
    """The newest release of each dataset, of one kind or of all, in the order in which pages of charts offer them."""
    return _with_previewed(_newest_ones(kind), kind)


@once_a_stamp
def _newest_ones(kind):
    releases = Release.objects.newest_by_dataset().default_first()
    return list(releases.filter(dataset__kind=kind) if kind else releases)


def in_order_of_data(kind: str | None = None) -> list[Release]:
    """The same, in the order of the page of data."""
    releases = Release.objects.newest_by_dataset()
    return _with_previewed(list(releases.filter(dataset__kind=kind) if kind else releases), kind)


def _with_previewed(found, kind):
    previewed = _previewed.get()
    if previewed is None or kind not in (None, previewed.dataset.kind):
        return found
    others = [release for release in found if release.dataset_id != previewed.dataset_id]
    if len(others) == len(found):  # its first release
        return [*found, previewed]
    return [previewed if release.dataset_id == previewed.dataset_id else release for release in found]


def newest(slug: str) -> Release | None:
    """The newest release of a dataset that is not withdrawn, or None."""
    if _is_previewed(slug):
        return _previewed.get()
    return Release.objects.newest_by_dataset().filter(dataset=slug).first()


def numbered(slug: str, number: int) -> Release:
    """A release of a dataset by its number, withdrawn or not; 404 for one that is none."""
    if _is_previewed(slug) and _previewed.get().number == number:
        return _previewed.get()
    return get_object_or_404(Release.objects.open_to_readers(), dataset=slug, number=number)


def dataset(slug: str) -> Dataset:
    """A dataset that readers may see; 404 for others."""
    if _is_previewed(slug):
        return _previewed.get().dataset
    return get_object_or_404(Dataset.objects.open_to_readers(), slug=slug)


def releases_of(dataset: Dataset):
    """The releases of a dataset, newest first, to be counted and sliced."""
    published = dataset.releases.order_by("-number")
    return list(chain([_previewed.get()], published)) if _is_previewed(dataset.slug) else published


def _is_previewed(slug):
    previewed = _previewed.get()
    return previewed is not None and previewed.dataset_id == slug
