"""Withdraws a release for cause: its values, note and files go out of readers' reach, its entry stays and says why.

A new release puts back what stands without it. The files of later releases that hold its values are rebuilt without
them, and their pages say so.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from trade.bundles import build, rebuild, storage
from trade.bundles.facts import FIELDS, as_released, described, facts
from trade.frames import KEY
from trade.models import Dataset, Release, Upload
from trade.publishing import admin_log, bulk_rows, diff
from trade.publishing.removing import kept_records, row_history
from trade.publishing.removing.row_history import Step
from trade.publishing.uploads import AT_WORK, Refused, State, end_published

NEXT = 2**62  # stands for the new release until it has an id; greater than every id


@dataclass
class Plan:
    """What withdrawing a release does: the rows before and after, which releases are rebuilt or withdrawn with it."""

    release: Release
    before: object
    after: object
    seen: list  # what the releases of the dataset were when it was planned
    told: dict  # what readers are told of the dataset without it (facts.facts)
    rebuilt: list[Release] = field(default_factory=list)
    emptied: list[Release] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)  # that go out of reach
    on: datetime = field(default_factory=timezone.now)
    kept: str = ""  # the name of its record beside the bundles

    @property
    def leaves_nothing(self) -> bool:
        return row_history.standing_at(self.after, NEXT).empty

    @cached_property
    def put_back(self):
        """What the new release lists: frames.CHANGE_COLUMNS."""
        return row_history.changed_by(self.after, NEXT, "withdrawn")

    @property
    def puts_back(self) -> bool:
        return len(self.put_back) > 0 or self.told != facts(self.release.dataset)


def withdraw(
    release: Release, reason: str, user=None, *, keep: bool = False, upload: Upload | None = None, on=None
) -> Release | None:
    """Take a release from readers, for a cause that they are told; return the release that puts back what stands.

    With `keep` its values are right, and the new release publishes them again as its own. Where nothing of it stands
    any more there is nothing to put back, and no new release. It is done `on` a day of the past where it is done again.
    Raises: Refused without a reason, when it is withdrawn already, or when something else was published meanwhile.
    """
    reason = reason.strip()
    if not reason:
        raise Refused(_("Give the reason: readers see it in place of the files."))
    refuse_unfit(release)
    made = plan(release, keep=keep)
    made.on = on or made.on
    new = _new_release(made, reason, user, upload, keep) if made.puts_back else None
    try:
        _build(made, new, reason)
        _mark(made, reason)
        _keep_record(made, reason, keep)
        with transaction.atomic():
            _apply(made, new, reason, user)
            end_published(upload)
    except BaseException:
        _remove_new(made, new)
        raise
    # Not before: the new files must stay even where the old ones cannot be removed, which `sweep` does later.
    transaction.on_commit(lambda: _remove_old(made), robust=True)
    release.refresh_from_db()
    return new


def ask(release: Release, user, *, keep: bool) -> tuple[Upload, bool]:
    """Have a release withdrawn by the next worker, once however often it is clicked: (upload, whether it is new)."""
    asked = {"withdraw": release.pk, "keep": keep}
    with transaction.atomic():
        Dataset.objects.select_for_update(no_key=True).get(pk=release.dataset_id)
        if waiting := Upload.objects.filter(dataset=release.dataset, asked=asked, state__in=AT_WORK).first():
            return waiting, False
        form = _("Withdrawal of release %d") % release.number
        at_work = {"state": State.PUBLISHING, "heartbeat": timezone.now()}
        return Upload.objects.create(dataset=release.dataset, form=form, asked=asked, user=user, **at_work), True


def publish(upload: Upload, *, reason: str, user=None) -> Release | None:
    """Withdraw the release of which an upload says so; what was done before a worker was lost is not done again.

    Raises: Refused.
    """
    release = Release.objects.select_related("dataset").get(pk=upload.asked["withdraw"])
    return withdraw(release, reason, user, keep=upload.asked["keep"], upload=upload)


def refuse_unfit(release: Release) -> None:
    """Refuse to withdraw what is no release with values of its own that readers see.

    Raises: Refused.
    """
    if release.kind == Release.Kind.WITHDRAWAL:
        words = {"release": release, "number": release.withdraws.number if release.withdraws else "–"}
        raise Refused(
            _(
                "%(release)s put back what stood before release %(number)s, and has no values of its own. Publish a "
                "correction instead."
            )
            % words
        )
    if release.withdrawn and not release.dataset.observations.filter(since=release, withdrawn=False).exists():
        raise Refused(_("%s has already been withdrawn.") % release)


def has_values_to_keep(release: Release) -> bool:
    """Tell whether values that a release published still stand: only these can be published again."""
    return release.dataset.observations.standing().filter(since=release).exists()


def plan(release: Release, *, keep: bool = False) -> Plan:
    """Work out what withdrawing a release does; nothing is changed."""
    dataset = release.dataset
    seen = bulk_rows.releases_of(dataset)
    before = dataset.observations.order_by("pk").history()
    shown = dataset.releases.filter(withdrawn=None).exclude(pk=release.pk).order_by("pk")
    later = [one for one in shown if one.pk > release.pk]
    steps = [Step(one.pk, _returned_to(one), keeps="kept" in one.counts) for one in later]
    after = row_history.without(before, release.pk, steps, NEXT, keep=keep)
    after = _without_clashes(after, dataset.kind, [*(one.pk for one in later), NEXT], release.pk)
    emptied = [one for one in later if row_history.standing_at(after, one.pk).empty]
    later = [one for one in later if one not in emptied]
    for one in emptied:
        following = next((other.pk for other in later if other.pk > one.pk), NEXT)
        after = row_history.end_later(after, one.pk, following)
    told_before = _told_before(release, shown)
    made = Plan(release, before, after, seen, _told_without(facts(dataset), release, told_before), emptied=emptied)
    for one in later:
        told = _told_without(one.facts, release, told_before)
        is_told_by_it, one.facts = told != one.facts, told
        if is_told_by_it or row_history.differs_at(before, after, one.pk):
            made.rebuilt.append(one)
    return made


def beside_what_stands(made: Plan):
    """What the new release would list, and beside it the value that stands now as `value_usd`."""
    head = made.before[made.before["until_id"].isna()]
    return made.put_back.merge(head[[*KEY, "value_usd"]], on=KEY, how="left")


def _told_before(release, shown):
    """What was told of the dataset before a release that describes it anew; of any other what it says itself."""
    before = [one for one in shown if one.pk < release.pk]
    is_description = release.kind == Release.Kind.DESCRIPTION and before
    return facts(as_released(before[-1]).dataset) if is_description else release.facts


def _told_without(told, release, before):
    """What is told where nothing is said that a release said first."""
    first = {name: old for name, old in before.items() if old != release.facts.get(name)}
    return told | {name: old for name, old in first.items() if told.get(name) == release.facts.get(name)}


def _returned_to(release):
    """A withdrawal returned to what stood before it, but for the values that it kept."""
    return release.pk - 1 if release.kind == Release.Kind.WITHDRAWAL else release.reverts_to_id


def _without_clashes(after, kind, releases, withdrawn):
    """Put nothing back beside what a later release gave in its place: a year beside its months, and the like."""
    for pk in releases:
        standing = after[row_history.stands(after, pk)]
        was_put_back = (standing["since_id"] < withdrawn) | standing["id"].isna()
        clashing = standing[was_put_back & diff.clashing(standing, kind)]
        if len(clashing):
            after = row_history.end_where(after, clashing, pk)
    return after


def _new_release(made, reason, user, upload, keep):
    dataset, newest = made.release.dataset, made.release.dataset.latest_release()
    words = {"number": made.release.number, "reason": reason}
    listed = len(made.put_back)
    dataset = described(dataset, made.told)
    return Release(
        dataset=dataset,
        facts=facts(dataset),
        number=newest.number + 1,
        kind=Release.Kind.WITHDRAWAL,
        note=_("Release %(number)d is withdrawn: %(reason)s") % words,
        created=made.on,
        user=user,
        upload=upload,
        withdraws=made.release,
        counts={"new": 0, "changed": 0, "removed": 0, "withdrawn": listed} | ({"kept": listed} if keep else {}),
    )


def _build(made, new, reason):
    """Build the files of the new release, and rebuild those of later ones that hold what is withdrawn."""
    why = _("Values of release %(number)d, which is withdrawn, were taken out: %(reason)s") % {
        "number": made.release.number,
        "reason": reason,
    }
    for one in made.rebuilt:
        made.folders.append(one.bundle)
        is_back = one.kind == Release.Kind.WITHDRAWAL
        changes = row_history.changed_by(made.after, one.pk, "withdrawn" if is_back else None)
        kept = {"kept": len(changes)} if "kept" in one.counts else {}
        one.counts = row_history.counts(changes) | kept
        frame = row_history.standing_at(made.after, one.pk)
        rebuild.rebuild(one, frame, changes, reason=why, on=made.on)
    if new and not made.leaves_nothing:
        new.bundle, new.files = build.build(new, row_history.standing_at(made.after, NEXT), made.put_back)


def _mark(made, reason):
    """Leave a marker beside all files that go out of reach: servers that find it ask the database what to send."""
    for one in (made.release, *made.emptied):
        if one.bundle:
            storage.mark_withdrawn(one.bundle, reason)
    for folder in made.folders:
        storage.mark_withdrawn(folder, reason)


def _keep_record(made, reason, keep):
    """Before the commit: what readers must not see must not come back because a process was killed in between."""
    release = made.release
    which = {"dataset": release.dataset_id, "number": release.number, "released": release.created.isoformat()}
    made.kept = kept_records.keep(storage.WITHDRAWALS, made.on, which | {"reason": reason, "keep": keep})


def replay(since: str) -> int:
    """Withdraw again what was withdrawn after a time, by the records beside the bundles; tell how many there were."""
    again = 0
    for kept in kept_records.since(storage.WITHDRAWALS, since):
        which = {"dataset": kept["dataset"], "number": kept["number"], "created": parse_datetime(kept["released"])}
        if release := Release.objects.select_related("dataset").filter(withdrawn=None, **which).first():
            withdraw(release, kept["reason"], keep=kept["keep"], on=kept["created"])
            again += 1
    return again


def _apply(made, new, reason, user):
    """Write all of it under the lock of the dataset, if nothing has changed since it was planned."""
    release, dataset = made.release, made.release.dataset
    bulk_rows.lock(dataset, made.seen)
    if new:
        _save(made, new, reason)
    changed, rows = _rewritten(made.before, _numbered(made.after, new.pk) if new else made.after)
    if not bulk_rows.rewrite(dataset.observations.model, changed, rows, dataset.pk):
        raise Refused(_("The stored rows differ from those that were read. Nothing was changed. Try again."))
    for one in made.rebuilt:
        one.save(update_fields=["bundle", "files", "counts", "rebuilt", "facts"])
    for one in (release, *made.emptied):
        one.withdrawn, one.withdrawal_reason = one.withdrawn or made.on, one.withdrawal_reason or reason
        one.save(update_fields=["withdrawn", "withdrawal_reason"])
        admin_log.withdrawn(one, user)


def _save(made, new, reason):
    """Save the new release; one that has nothing to show is withdrawn as well."""
    if made.leaves_nothing:
        new.withdrawn, new.withdrawal_reason = made.on, reason
    new.save()
    new.dataset.save(update_fields=FIELDS)
    admin_log.made(new)


def _numbered(after, pk):
    """Let the new release have its id."""
    ids = {name: after[name].mask((after[name] == NEXT).fillna(False), pk) for name in ("since_id", "until_id")}
    return after.assign(**ids)


def _rewritten(before, after):
    """The rows that end otherwise than before or are withdrawn now, and those that were made."""
    stood = before[["id", "until_id", "withdrawn"]].rename(columns={"until_id": "ended", "withdrawn": "was_withdrawn"})
    kept = after[after["id"].notna()].merge(stood, on="id")
    is_same = (kept["until_id"].fillna(-1) == kept["ended"].fillna(-1)) & (kept["withdrawn"] == kept["was_withdrawn"])
    return kept[~is_same], after[after["id"].isna()]


def _remove_old(made):
    for folder in made.folders:
        storage.remove_folder(folder)


def _remove_new(made, new):
    """Take away the files that were made for nothing."""
    kept_records.forget(made.kept)
    for folder in (new.bundle if new else "", *(one.bundle for one in made.rebuilt)):
        if folder and folder not in made.folders:
            storage.remove_folder(folder)


def aftermath(release: Release, new: Release | None) -> str:
    """Say what readers get now that a release is withdrawn."""
    if new and new.withdrawn:
        return _("Nothing of the dataset is left to show, so readers are not shown it any more.")
    said = [
        _("Readers are shown release %d, which puts back what stood without it.") % new.number
        if new
        else _("Nothing of it stood any more, so the latest release stays.")
    ]
    on = release.withdrawn.isoformat()
    later = release.dataset.releases.filter(pk__gt=release.pk, withdrawn=None).order_by("number")
    if rebuilt := [str(one.number) for one in later if any(again["on"] == on for again in one.rebuilt)]:
        said.append(
            _("The files of later releases that held its values were rebuilt without them: release %s.")
            % ", ".join(rebuilt)
        )
    return " ".join(said)
