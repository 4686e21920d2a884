"""Finds the release that an address asks for, by number, by date or as the newest."""

from datetime import UTC, date, datetime, time

from django.db.models import Max
from django.http import HttpRequest

from trade.api.errors import Refused
from trade.bundles.facts import as_released
from trade.models import Dataset, Release


def dataset(slug: str) -> Dataset:
    """Find a dataset.

    Raises: Refused 404.
    """
    if dataset := Dataset.objects.open_to_readers().filter(slug=slug).first():
        return dataset
    raise Refused(
        404, "no_dataset", "There is no such dataset.", "dataset", slug, "one of those under /api/v1/datasets"
    )


def chosen(request: HttpRequest, slug: str, number: int | None, as_of: int | date | None) -> Release:
    """Find the release that is asked for, else the newest that is offered; note on the request when it last changed.

    Two queries, three for an error. The release bears `is_head`: nothing was released after it.
    Raises: Refused 404 (none), 410 (withdrawn), 422 (both ways of asking at once).
    """
    if number is not None and as_of is not None:
        raise Refused(422, "asked_twice", "Give “release” or “as_of”, not both.", "as_of", as_of, "one of the two")
    wanted = number if number is not None else as_of
    return _offered(request, slug, wanted, "release" if number else "as_of", _times(slug))


def pair(request: HttpRequest, slug: str, earlier: int, later: int | None) -> tuple[Release, Release]:
    """Find two releases, the earlier first: three queries, four for an error.

    Raises: Refused as `chosen`, 422 when they are in the other order.
    """
    times = _times(slug)
    second = _offered(request, slug, later, "to", times)
    first = _offered(request, slug, earlier, "from", times)
    if first.number > second.number:
        raise Refused(
            422, "wrong_order", "“from” is later than “to”.", "from", earlier, f"a release up to {second.number}"
        )
    return first, second


def _times(slug):
    """The newest release, withdrawn or not, and when a dataset last changed for readers."""
    times = {"head": Max("pk"), "created": Max("created"), "withdrawn": Max("withdrawn")}
    return Release.objects.filter(dataset=slug).aggregate(**times)


def _offered(request, slug, wanted, parameter, times):
    """Find a release that was not withdrawn."""
    release = _find(Release.objects.open_to_readers().filter(dataset=slug), wanted)
    if release is None:
        raise _not_found(dataset(slug), wanted, parameter)
    if release.withdrawn:
        message = f"Release {release.number} was withdrawn: {release.withdrawal_reason}"
        raise Refused(410, "withdrawn", message, parameter, release.number, "a release that is not withdrawn")
    request.last_modified = max(filter(None, (times["created"], times["withdrawn"])))
    release.is_head = release.pk == times["head"]
    return as_released(release)


def _find(releases, wanted):
    releases = releases.order_by("-number")
    if wanted is None:
        return releases.filter(withdrawn=None).first()
    if isinstance(wanted, int):
        return releases.filter(number=wanted).first()
    return releases.filter(created__lte=datetime.combine(wanted, time.max, UTC)).first()


def _not_found(dataset, wanted, parameter):
    if wanted is None:
        return Refused(404, "nothing_released", "This dataset has no release yet.", "dataset", dataset.slug)
    message = "There is no such release." if isinstance(wanted, int) else "Nothing was released by that day."
    expected = f"one of those under /api/v1/datasets/{dataset.slug}/releases"
    return Refused(404, "no_release", message, parameter, wanted, expected)
