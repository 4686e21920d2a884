"""Names a dataset as a release of it does: what is edited in its settings shows with its next release, everywhere."""

from copy import copy

from trade.bundles import storage
from trade.models import Release

FACTS = ("title", "description", "partner", "reporter", "source", "source_url", "licence", "licence_url")
FACTS += ("estimate_method", "estimate_kind", "is_demonstration")


def as_released(release: Release) -> Release:
    """Give a release its dataset as the files of the release describe it.

    Where they cannot be read (it was withdrawn, or the storage is away), it is described as it is now.
    """
    if release.withdrawn or not release.bundle:
        return release
    try:
        told, dataset = storage.cube(release)["dataset"], copy(release.dataset)
    except storage.StorageAway:
        return release
    for name in FACTS:
        setattr(dataset, name, told.get(name, getattr(dataset, name)))
    dataset.basis_to_dprk, dataset.basis_from_dprk = told["basis"]["to_dprk"], told["basis"]["from_dprk"]
    release.dataset = dataset
    return release
