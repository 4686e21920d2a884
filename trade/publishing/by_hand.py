"""Corrections of values by hand and returns to an earlier release, which go the way of an upload without having a file.

`asked` says what to do: {"release": 12, "seen": 14}, or {"cells": [cell, …], "seen": 14}. `seen` is the newest release
that the page showed. A cell is

    {"key": "CN-LN", "flow": "to_dprk", "year": 2016, "month": 0, "reported": 136846449, "status": "A", "was": 5}

where `was` is the reported value that the page showed, and a status of None leaves the stored one. Cells with an
"estimate" and a "remark" speak of these too; others leave them as they stand.
"""

import pandas as pd
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trade.frames import KEY, READ_COLUMNS
from trade.models import Dataset, Release, Upload
from trade.publishing.uploads import Refused, State

CELL = KEY[:-1]


def to_revert(earlier: Release, *, seen: int) -> Upload:
    """Lay out a return to an earlier release, which is not asked for yet."""
    form = _("Revert to release %d") % earlier.number
    return Upload(dataset=earlier.dataset, form=form, asked={"release": earlier.pk, "seen": seen})


def to_correct(dataset: Dataset, cells: list[dict], *, seen: int) -> Upload:
    """Lay out the correction of some cells, which is not asked for yet."""
    form = ngettext("Correction of %d value", "Correction of %d values", len(cells)) % len(cells)
    return Upload(dataset=dataset, form=form, asked={"cells": cells, "seen": seen})


def kind(upload: Upload) -> Release.Kind | None:
    """Tell the kind of release that follows from what is asked for; None for files, of which the editor says it."""
    kinds = {"cells": Release.Kind.CORRECTION, "release": Release.Kind.REVERT}
    return next((kind for word, kind in kinds.items() if word in upload.asked), None)


def same(upload: Upload) -> Upload | None:
    """Find what was asked for with the same words from the same page: a second click."""
    given_up = [State.FAILED, State.DISCARDED]
    return Upload.objects.filter(dataset=upload.dataset, asked=upload.asked).exclude(state__in=given_up).first()


def ask(upload: Upload, user) -> tuple[Upload, bool]:
    """Have it compared by the next worker, unless that was asked for before: (upload, whether it is new)."""
    with transaction.atomic():
        Dataset.objects.select_for_update(no_key=True).get(pk=upload.dataset_id)
        if earlier := same(upload):
            return earlier, False
        upload.user, upload.state, upload.heartbeat = user, State.WAITING, timezone.now()
        upload.save()
    return upload, True


def earlier_release(dataset: Dataset, number: int) -> Release:
    """Find the release to return to.

    Raises: Refused, where there is none of that number, or where it is the newest or was withdrawn.
    """
    earlier, newest = dataset.releases.filter(number=number).first(), dataset.latest_release()
    if earlier is None:
        raise Refused(_("%(dataset)s has no release %(number)s.") % {"dataset": dataset, "number": number})
    if earlier.withdrawn:
        words = {"number": number, "day": f"{earlier.withdrawn:%d %B %Y}".lstrip("0")}
        raise Refused(
            _(
                "Release %(number)s was withdrawn on %(day)s, so its values cannot be published again. Nothing was "
                "changed. Choose another release."
            )
            % words
        )
    if earlier.pk == newest.pk:
        raise Refused(_("Release %s is the latest release. Choose an earlier one.") % number)
    return earlier


def reverts_to(upload: Upload) -> Release | None:
    """Find the release that an upload returns to; None for any other upload.

    Raises: Refused, as earlier_release.
    """
    if "release" not in upload.asked:
        return None
    return earlier_release(upload.dataset, Release.objects.get(pk=upload.asked["release"]).number)


def speaks(cells: list[dict]) -> frozenset:
    """Tell which facts besides the value cells speak of."""
    return frozenset({"status", "estimate", "note"} if any("estimate" in cell for cell in cells) else ())


def table(cells: list[dict]) -> pd.DataFrame:
    """Lay cells out as a reader of files does: a frame of READ_COLUMNS."""
    rows = [row for cell in cells for row in _rows(cell)]
    return pd.DataFrame(rows, columns=list(READ_COLUMNS)).astype(READ_COLUMNS)


def _rows(cell):
    """Lay one cell out; the remark belongs to the estimate where there is one."""
    estimate = cell.get("estimate")
    components = {"reported": (cell["reported"], cell.get("status") or None), "estimate": (estimate, None)}
    with_remark = "reported" if estimate is None else "estimate"
    nothing = dict.fromkeys(READ_COLUMNS) | {"file": "", "sheet": "", "column": ""}
    nothing |= {name: cell[name] for name in CELL}
    return [
        nothing
        | {"component": component, "value_usd": value, "status": status}
        | {"note": cell.get("remark", "") if component == with_remark else ""}
        for component, (value, status) in components.items()
        if component == "reported" or value is not None
    ]


def overtaken(cells: list[dict], head: pd.DataFrame) -> list[tuple[dict, int | None]]:
    """Find the cells whose reported value is no longer the one that the page showed: [(cell, what it is now), …]."""
    reported = head[head["component"] == "reported"]
    rows = pd.DataFrame([{name: cell[name] for name in CELL} for cell in cells])
    standing = rows.astype(dict(reported[CELL].dtypes)).merge(reported[[*CELL, "value_usd"]], on=CELL, how="left")
    now = [None if pd.isna(value) else int(value) for value in standing["value_usd"]]
    return [(cell, value) for cell, value in zip(cells, now, strict=True) if "was" in cell and cell["was"] != value]
