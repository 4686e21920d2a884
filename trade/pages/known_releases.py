"""The releases as this process last knew them, so that their files are sent while the database is away."""

from functools import lru_cache

from trade.bundles import storage
from trade.models import Release
from web.page_cache import by_stamp, stamp


def remember() -> None:
    """List the releases anew if any came, or was withdrawn, since they were listed last."""
    with by_stamp.not_shown():
        known()


def known() -> dict[tuple[str, int], Release]:
    """Return the releases of all datasets: {("china-provinces", 2): <Release>, …}.

    Raises: unavailable.AWAY while the database is away, if this process has not listed what is newest.
    """
    return _listed(stamp.seen().value)


@lru_cache(maxsize=2)
def _listed(value):
    releases = list(Release.objects.open_to_readers().defer("note", "counts"))
    storage.keep_only({release.bundle for release in releases if not release.withdrawn})
    return {(release.dataset_id, release.number): release for release in releases}


def newest(slug: str) -> Release | None:
    """The newest known release of a dataset that is not withdrawn."""
    of_dataset = [release for (dataset, _n), release in known().items() if dataset == slug and not release.withdrawn]
    return max(of_dataset, key=lambda release: release.number, default=None)
