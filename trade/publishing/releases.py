"""Publishes uploads, corrects single cells and reverts: the one writer of observations.

Publishing builds the bundle first, checks the rules that span rows on what will stand, and lays the rows ready, with
no lock held; then one short transaction locks the dataset, makes sure that head is still the one compared with, ends
and inserts rows set-wise, counts them, and inserts the release.
"""

import logging
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trade.bundles import build, signatures, storage
from trade.bundles.facts import FIELDS, described, facts
from trade.models import Dataset, Observation, Release, Upload
from trade.publishing import admin_log, bulk_rows, by_hand, diff
from trade.publishing.staging import stage
from trade.publishing.uploads import Refused, changes_of, end_published
from trade.publishing.waiting import second_person
from web import disk_faults
from web.worker.giving_way import giving_way

log = logging.getLogger(__name__)

State = Upload.State


class HeadMoved(Refused):
    """Another release came in between: the upload was compared again and must be looked at again."""


def publish(upload: Upload, *, note: str, kind: str, user=None, accepted=()) -> Release:
    """Make release n+1 of what an upload changes. Publishing it a second time returns the same release.

    `accepted` holds the keys of the warnings that the editor ticked, or is "all".
    Raises: Refused when something is missing; HeadMoved when another release came first (it is staged again).
    """
    if upload.state == State.PUBLISHED:
        return upload.release
    if upload.state not in (State.STAGED, State.PUBLISHING):
        raise Refused(
            _("Only an upload that is ready can be published. Status of this upload: %s.") % upload.get_state_display()
        )
    second_person.check(upload, user)
    unticked = [w["text"] for w in upload.warnings if accepted != "all" and w["key"] not in accepted]
    if unticked:
        raise Refused(_("Tick each warning to confirm that you have read it: %s") % " · ".join(unticked))
    kind = by_hand.kind(upload) or kind
    made = {"note": note, "kind": kind, "user": user, "upload": upload, "reverts_to": by_hand.reverts_to(upload)}
    with _faults_of_the_disk_refused():
        changes = changes_of(upload)
    try:
        return release(upload.dataset, upload.base, changes, **made)
    except HeadMoved as moved:
        stage(upload)
        raise HeadMoved(
            _("%s This upload has been compared again. Review the changes before you publish.") % moved
        ) from None


def release(dataset, base, changes, *, note, kind, user=None, upload=None, reverts_to=None) -> Release:
    """Apply a frame of changes, made against the release `base` (None for the first), as the next release."""
    _refuse_unfit(changes, kind, note)
    _check_storage()
    new = Release(
        dataset=dataset,
        number=base.number + 1 if base else 1,
        kind=kind,
        note=note.strip(),
        created=timezone.now(),
        user=user,
        upload=upload,
        reverts_to=reverts_to,
        counts=upload.counts if upload and upload.counts else diff.counts(changes, 0),
        facts=facts(dataset),
    )
    seen, head = bulk_rows.releases_of(dataset), dataset.observations.standing().frame()
    _refuse_outdated(changes, head)
    standing = diff.after(head, changes)
    _check_rules_that_span_rows(dataset, standing)
    waiting = bulk_rows.waiting(dataset.observations.model, changes, dataset.pk)
    in_place = _bundle_in_place(new, standing, changes)
    with _faults_of_the_disk_refused(), in_place, waiting as rows_waiting, transaction.atomic():
        _lock(dataset, base, upload, seen)
        _check_storage()
        new.save()
        if kind == Release.Kind.DESCRIPTION:
            dataset.save(update_fields=FIELDS)
        admin_log.made(new)
        found_all = rows_waiting.apply(new.pk)
        if not found_all or dataset.observations.standing().count() != len(standing):
            raise Refused(
                _(
                    "The stored rows differ from the rows that were compared. Nothing was changed. "
                    "Upload the file again."
                )
            )
        end_published(upload)
    return new


def _refuse_unfit(changes, kind, note):
    if changes.empty and kind != Release.Kind.DESCRIPTION:
        raise Refused(_("Nothing would change, so there is nothing to publish."))
    if not note.strip():
        raise Refused(_("Write a note that tells readers what changed and why."))


@contextmanager
def _faults_of_the_disk_refused():
    try:
        yield
    except Exception as error:
        if words := disk_faults.in_words(error):
            log.exception("the disk, or the bucket, cannot be read or written")
            raise Refused(words) from error
        raise


@contextmanager
def _bundle_in_place(new, standing, changes):
    """Put the files of a release under a folder of their own, and take them away if it does not come to be."""
    try:
        with giving_way():
            new.bundle, new.files = build.build(new, standing, changes)
    except signatures.SigningError as error:
        raise Refused(
            _("The release could not be signed. Nothing was changed. Report this error to the operator: %s") % error
        ) from None
    try:
        yield
    except BaseException:
        storage.remove(new)
        raise


def _refuse_outdated(changes, head):
    """Refuse changes of values whose notes were redacted after they were compared: they would be published again."""
    ended = changes[changes["id"].notna()]
    now = head.set_index("id")["note"].reindex(ended["id"]).fillna("").to_numpy()
    if (ended["old_note"].fillna("").to_numpy() != now).any():
        raise HeadMoved(_("A release of this dataset was withdrawn or redacted meanwhile."))


def _lock(dataset, base, upload, seen):
    """Lock the dataset, and make sure that no other release came first, and that none was rewritten.

    The key of its row stays free, so that others may upload meanwhile.
    """
    Dataset.objects.select_for_update(no_key=True).get(pk=dataset.pk)
    newest = dataset.latest_release()
    if upload and Upload.objects.filter(pk=upload.pk, state=State.PUBLISHED).exists():
        raise Refused(_("This upload was published a moment ago."))
    if (newest and newest.pk) != (base and base.pk):
        raise HeadMoved(
            _("Release %(number)d by %(user)s was published first.")
            % {"number": newest.number, "user": newest.user or _("the command line")}
        )
    if bulk_rows.releases_of(dataset) != seen:
        raise HeadMoved(_("A release of this dataset was withdrawn or redacted meanwhile."))


def _check_storage():
    """Refuse to publish while the storage of bundles is away.

    Where it is a mounted disk the folder under it can be written, and what was put there is hidden when it is back.
    """
    if lost := [f"{release.dataset_id}/{release.number}" for release in storage.without_files()]:
        raise Refused(
            _("The files of %s are missing from this site’s storage. Nothing was changed. Tell the operator.")
            % ", ".join(lost)
        )


def _check_rules_that_span_rows(dataset, standing):
    """Refuse what no single row breaks, on the rows that will stand; under the lock they are only counted."""
    if len(diff.mixed_periods(standing)):
        raise Refused(
            _(
                "The dataset would hold both annual and monthly values for the same series and year. Nothing was "
                "changed. Upload the file again."
            )
        )
    if dataset.kind == Dataset.Kind.COMMODITY and len(diff.mixed_depths(standing)):
        raise Refused(
            _(
                "The dataset would hold values at two HS levels for the same chapter and year. Nothing was changed. "
                "Upload the file again."
            )
        )
    if dataset.kind == Dataset.Kind.TOTAL and len(diff.totals_beside_directions(standing)):
        raise Refused(
            _(
                "The dataset would hold both total trade and exports or imports alone for the same period. Nothing was "
                "changed. Upload the file again."
            )
        )


def correct(row: Observation, *, reported, status, estimate, remark, note, user=None, upload=None) -> Release:
    """Correct one cell by hand, as a small release: its reported value and status, its estimate, its remark.

    `row` is any row of the cell; `reported` may be None (missing), `estimate` None (no estimate).
    """
    dataset = row.dataset
    cell = {"key": getattr(row, row.KEY), "flow": row.flow, "year": row.year, "month": row.month}
    cells = [cell | {"reported": reported, "status": status, "estimate": estimate, "remark": remark}]
    base, head = dataset.latest_release(), dataset.observations.standing().frame()
    changes, _unchanged = diff.compare(head, by_hand.table(cells), speaks=by_hand.speaks(cells))
    return release(dataset, base, changes, note=note, kind=Release.Kind.CORRECTION, user=user, upload=upload)


def describe(dataset: Dataset, told: dict, *, note: str, user=None, upload=None) -> Release:
    """Describe a dataset anew (facts.facts), as a release that changes no value.

    Raises: Refused, where nothing is released yet, or would be told differently.
    """
    base, head = dataset.latest_release(), dataset.observations.standing().frame()
    if base is None or facts(described(dataset, told)) == facts(dataset):
        raise Refused(_("The description is as published, so there is nothing to publish."))
    nothing, _unchanged = diff.compare(head, diff.as_table(head[:0]), speaks=frozenset())
    made = {"note": note, "kind": Release.Kind.DESCRIPTION, "user": user, "upload": upload}
    return release(described(dataset, told), base, nothing, **made)


def revert(dataset: Dataset, number: int, *, note: str, user=None, upload=None) -> Release:
    """Return to the state of an earlier release, as a new release.

    Raises: Refused, where there is no such release, or where it is the newest or was withdrawn.
    """
    base, earlier = dataset.latest_release(), by_hand.earlier_release(dataset, number)
    observations = dataset.observations
    changes = diff.between(observations.standing().frame(), observations.as_of(earlier).frame())
    kind = Release.Kind.REVERT
    return release(dataset, base, changes, note=note, kind=kind, user=user, upload=upload, reverts_to=earlier)
