"""Reverts and corrections in the admin: compared by the worker, once, shown with their ticks, published from there."""

from datetime import UTC, datetime
from importlib import import_module
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from tests.accounts import page_forms
from tests.conftest import load_places
from tests.trade import released
from trade import tasks
from trade.admin import publish_pages
from trade.admin.corrections.forms import DollarsField
from trade.models import Dataset, Release, Upload
from trade.publishing import releases, staging

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LIAONING, JILIN = ("CN-LN", "to_dprk", 2016, 0), ("CN-JL", "to_dprk", 2016, 0)


def publish():
    """Two releases: Liaoning was 5, then 6."""
    load_places()
    made = released.dataset("province", slug="made")
    released.release(made, {LIAONING: {"reported": 5}})
    released.release(made, {LIAONING: {"reported": 6}})


@pytest.fixture
def editor(client, site):
    client.force_login(User.objects.create_superuser("editor", password="not-a-real-password"))
    return client


@pytest.fixture
def dataset(site):
    return Dataset.objects.get(slug="made")


@pytest.fixture
def queue(settings):
    """Tasks wait in the database until `work` is called, as in production until the worker comes to them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    def work():
        for row in DBTaskResult.objects.ready():
            import_string(row.task_path).func(*row.args_kwargs["args"])
            row.set_successful(None)

    return work


def revert_page(dataset, number=1):
    return reverse("admin:trade_release_revert", args=[dataset.releases.get(number=number).pk])


def cell_page(dataset):
    row = dataset.observations.standing().get(province="CN-LN")
    return reverse("admin:trade_provinceobservation_change", args=[row.pk])


def grid_page(dataset, *keys, first=2015, last=2017, **more):
    query = {"dataset": dataset.pk, "flow": "to_dprk", "key": keys or ["CN-LN"], "first": first, "last": last} | more
    return f"{reverse('admin:trade_upload_correct')}?{urlencode(query, doseq=True)}"


def filled(client, page, **more):
    """The form of a page with all its fields, as the editor sends it off."""
    return page_forms.largest(client.get(page).content.decode()) | more


def page_of(upload):
    return reverse("admin:trade_upload_change", args=[upload.pk])


def published(client, upload, **more):
    """Publish an upload from its page, as it is filled in there."""
    upload.refresh_from_db()
    fields = publish_pages.PublishForm(warnings=upload.warnings).warning_fields()
    ticks = {field.html_name: field.field.widget.attrs["value"] for field in fields}
    form = filled(client, page_of(upload), note="It was wrong.", **ticks | more)
    return client.post(reverse("admin:trade_upload_publish", args=[upload.pk]), form)


CORRECTION = {"reported": "7", "status": "A", "estimate": "", "remark": ""}
GRID = {"CN-LN_to_dprk_2016_0": "7"}
WAYS = [(revert_page, {}, 5, "revert"), (cell_page, CORRECTION, 7, "correction"), (grid_page, GRID, 7, "correction")]


@pytest.mark.both_databases
@pytest.mark.parametrize(("page", "more", "value", "kind"), WAYS)
def test_it_is_compared_and_shown_first_and_published_on_the_page_of_its_upload(
    editor, dataset, queue, page, more, value, kind
):
    answer = editor.post(page(dataset), filled(editor, page(dataset), **more))
    upload = Upload.objects.get()
    assert answer.url == page_of(upload)
    assert upload.state == "waiting"
    at_work = editor.get(answer.url).content.decode()
    assert f'<meta http-equiv="refresh" content="2; url={answer.url}">' in at_work
    assert "No worker is running" in at_work
    queue()
    assert (Upload.objects.get().state, dataset.releases.count()) == ("staged", 2)
    assert dataset.observations.standing().get().value_usd == 6
    shown = editor.get(answer.url).content.decode()
    assert "<b>1</b> changed" in shown
    assert shown.count('type="radio"') == 1  # what kind of release it will be follows from what is done
    published(editor, upload)
    queue()
    release = dataset.latest_release()
    assert dataset.observations.standing().get().value_usd == value
    assert (release.number, release.note, release.user.username) == (3, "It was wrong.", "editor")
    assert (release.kind, release.upload, release.reverts_to and release.reverts_to.number) == (
        *(kind, upload, 1 if kind == "revert" else None),
    )


@pytest.mark.both_databases
@pytest.mark.parametrize(("page", "more", "_value", "_kind"), WAYS)
def test_two_clicks_make_one_upload(editor, dataset, queue, page, more, _value, _kind):
    form = filled(editor, page(dataset), **more)
    first, second = editor.post(page(dataset), form), editor.post(page(dataset), form)
    assert first.url == second.url
    queue()
    assert editor.post(page(dataset), form).url == first.url
    assert Upload.objects.count() == 1


OLD_VALUES = {"reported": 7, "status": "A", "estimate": None, "remark": ""}


@pytest.mark.parametrize(("words", "changed"), [("cell", 7), ("release", 5)])
def test_what_was_asked_for_before_it_was_compared_first_is_compared_after_the_upgrade(
    editor, dataset, queue, words, changed
):
    row, first = dataset.observations.standing().get(), dataset.releases.get(number=1)
    old = {"cell": {"cell": row.pk, "values": OLD_VALUES}, "release": {"release": first.pk}}[words]
    asked = old | {"seen": dataset.latest_release().pk}
    upload = Upload.objects.create(dataset=dataset, asked=asked, state="publishing", form="Of old")
    tasks.publish_upload.enqueue(upload.pk, "It was wrong.", "correction", None)
    import_module("trade.migrations.0016_corrections_as_cells").convert(apps, connection.schema_editor())
    queue()
    upload.refresh_from_db()
    assert (upload.state, upload.counts["changed"], dataset.releases.count()) == ("staged", 1, 2)
    published(editor, upload)
    queue()
    assert dataset.observations.standing().get().value_usd == changed


def test_a_value_a_hundred_times_too_large_needs_a_tick(editor, dataset):
    released.release(dataset, {("CN-LN", "to_dprk", year, 0): {"reported": 136846449} for year in (2015, 2016, 2017)})
    editor.post(grid_page(dataset), filled(editor, grid_page(dataset), **{"CN-LN_to_dprk_2016_0": "13684644900"}))
    upload = Upload.objects.get()
    assert "leap" in [warning["key"] for warning in upload.warnings]
    drawn = editor.get(page_of(upload)).content.decode()
    assert "2016: 136,846,449 → 13,684,644,900 (+13,547,798,451)" in drawn
    assert [drawn.count(f'class="dot {dot}"') for dot in ("hollow", "solid")] == [1, 1]
    unticked = filled(editor, page_of(upload), note="It was wrong.")
    refused = editor.post(reverse("admin:trade_upload_publish", args=[upload.pk]), unticked)
    assert "Tick to confirm" in refused.content.decode()
    ticks = {f"warning_{n}": "on" for n in range(len(upload.warnings))}
    published(editor, upload, **ticks)
    assert dataset.observations.standing().get(year=2016).value_usd == 13684644900


@pytest.mark.both_databases
def test_several_values_are_typed_at_once_and_the_others_stay(editor, dataset):
    period = {"status": "P", "note": "As printed.", "estimate": 4}
    released.release(dataset, {LIAONING: {"reported": 6} | period, JILIN: {"reported": 1_000_003}})
    address = grid_page(dataset, "CN-LN", "CN-JL")
    assert 'value="1,000,003"' in editor.get(address).content.decode()
    typed = {"CN-LN_to_dprk_2016_0": "136\u2009846\u2009449", "CN-LN_to_dprk_2017_0": "5", "CN-JL_to_dprk_2016_0": ""}
    editor.post(address, filled(editor, address, missing="Q", **typed))
    upload = Upload.objects.get()
    assert upload.counts | {"unchanged": 0} == {"new": 1, "changed": 2, "unchanged": 0, "removed": 0, "emptied": 1}
    published(editor, upload, **{f"warning_{n}": "on" for n in range(len(upload.warnings))})
    standing = dataset.observations.standing().values_list(
        "province", "year", "component", "value_usd", "status", "note"
    )
    assert set(standing) == {
        ("CN-LN", 2016, "reported", 136846449, "P", ""),
        ("CN-LN", 2016, "estimate", 4, "E", "As printed."),
        ("CN-LN", 2017, "reported", 5, "A", ""),
        ("CN-JL", 2016, "reported", None, "Q", ""),
    }


UNCLEAR = ["1.5", "1,5", "1.500.000", "1 5", "-3", "5m", "9" * 14, "five"]


def test_what_cannot_be_a_value_is_said_at_its_field_and_nothing_typed_is_lost(editor, dataset):
    address = grid_page(dataset, first=2009)
    typed = {f"CN-LN_to_dprk_{year}_0": text for year, text in enumerate(UNCLEAR, 2009)}
    answer = editor.post(address, filled(editor, address, **typed | {"CN-LN_to_dprk_2017_0": "9"}))
    page = answer.content.decode()
    assert answer.context["form"].errors.keys() == typed.keys()
    for text in UNCLEAR:
        assert f"“{text}”" in page
        assert f'value="{text}"' in page
    assert 'value="9"' in page
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "typed", ["136,846,449", "136 846 449", "136846449", "136\u202f846\u202f449", "US$136,846,449"]
)
def test_values_are_read_however_their_thousands_are_grouped(typed):
    assert DollarsField().clean(typed) == 136846449


def test_impossible_choices_of_values_are_said_at_their_field(editor, dataset):
    for change in ({"last": 2027}, {"last": 2030}, {"first": 1900}, {"last": 2014}, {"key": "CN-XX"}):
        answer = editor.get(grid_page(dataset, **change))
        assert len(answer.context["which"].errors) == 1, change
        assert not answer.context["form"]


def test_a_year_that_is_published_by_month_is_not_typed_over(editor, dataset):
    released.release(dataset, {("CN-LN", "to_dprk", 2016, 3): {"reported": 6}})
    yearly = editor.get(grid_page(dataset)).content.decode()
    assert "published by month" in yearly
    assert "CN-LN_to_dprk_2016_0" not in page_forms.largest(yearly)
    monthly = page_forms.largest(editor.get(grid_page(dataset, first=2016, monthly="on")).content.decode())
    assert monthly["CN-LN_to_dprk_2016_3"] == ["6"]
    assert len([name for name in monthly if name.startswith("CN-LN")]) == 12


def test_a_grid_in_which_nothing_was_typed_is_told_so(editor, dataset):
    page = editor.post(grid_page(dataset), filled(editor, grid_page(dataset))).content.decode()
    assert "No value is different" in page
    assert not Upload.objects.exists()
    page = editor.post(cell_page(dataset), filled(editor, cell_page(dataset))).content.decode()
    assert "Nothing is different" in page
    assert not Upload.objects.exists()


@pytest.mark.both_databases
def test_a_value_that_changed_while_it_was_typed_over_is_shown_and_what_was_not_touched_stays_new(editor, dataset):
    address = grid_page(dataset, "CN-LN", "CN-JL")
    form = filled(editor, address, **GRID)
    released.release(dataset, {LIAONING: {"reported": 8}, JILIN: {"reported": 1}})
    answer = editor.post(address, form)
    assert "Release 3 has changed this value from 6 to 8" in answer.content.decode()
    again = page_forms.largest(answer.content.decode())
    assert (again["CN-LN_to_dprk_2016_0"], again["CN-JL_to_dprk_2016_0"]) == (["7"], ["1"])
    editor.post(address, again)
    [cell] = Upload.objects.get().asked["cells"]
    assert (cell["key"], cell["reported"], cell["was"]) == ("CN-LN", 7, 8)


def test_one_value_that_changed_meanwhile_keeps_what_was_typed(editor, dataset):
    form = filled(editor, cell_page(dataset), **CORRECTION | {"remark": "Typed."})
    address = cell_page(dataset)
    released.release(dataset, {LIAONING: {"reported": 8}})
    answer = editor.post(address, form)
    assert "Release 3 has changed this value since you opened the page: it is 8 now" in answer.content.decode()
    assert 'value="Typed."' in answer.content.decode()
    editor.post(address, page_forms.largest(answer.content.decode()))
    assert Upload.objects.get().state == "staged"


@pytest.mark.both_databases
def test_a_value_that_changes_before_publication_is_compared_again_and_ticked(editor, dataset):
    editor.post(grid_page(dataset), filled(editor, grid_page(dataset), **GRID))
    upload = Upload.objects.get()
    [warning] = upload.warnings
    assert "Liaoning, exports to the DPRK 2016, +US$1, +17%." in warning["text"]
    released.release(dataset, {LIAONING: {"reported": 8}})
    published(editor, upload)
    upload.refresh_from_db()
    assert (upload.state, dataset.releases.count()) == ("staged", 3)
    assert "Release 3 by the command line was published first" in upload.progress
    _largest, warning = upload.warnings
    assert "it was 6, and in release 3 it is 8" in warning["text"]
    published(editor, upload, warning_0="on")
    assert dataset.observations.standing().get().value_usd == 7


def test_a_discarded_correction_leaves_nothing(editor, dataset):
    editor.post(cell_page(dataset), filled(editor, cell_page(dataset), **CORRECTION))
    upload = Upload.objects.get()
    editor.post(reverse("admin:trade_upload_discard", args=[upload.pk]))
    upload.refresh_from_db()
    assert (upload.state, bool(upload.diff), dataset.releases.count()) == ("discarded", False, 2)
    editor.post(cell_page(dataset), filled(editor, cell_page(dataset), **CORRECTION))
    assert Upload.objects.count() == 2


def test_selected_values_are_corrected_together(editor, dataset):
    released.release(dataset, {LIAONING: {"reported": 6}, JILIN: {"reported": 1}})
    listed = reverse("admin:trade_provinceobservation_changelist")
    rows = [row.pk for row in dataset.observations.standing()]
    answer = editor.post(listed, {"action": "correct_these", "_selected_action": rows})
    editor.post(answer.url, filled(editor, answer.url, **{"CN-JL_to_dprk_2016_0": "2", "CN-LN_to_dprk_2016_0": "7"}))
    assert len(Upload.objects.get().asked["cells"]) == 2


def test_an_address_that_names_no_possible_value_shows_no_field(editor, dataset):
    for picked in ("CN-XX_to_dprk_2016_0", "CN-LN_total_2016_0", "CN-LN_to_dprk_2016_13", "x", "27_to_dprk_2016_0"):
        address = f"{reverse('admin:trade_upload_correct')}?dataset={dataset.pk}&cell={picked}"
        assert not editor.get(address).context["form"], picked


@pytest.mark.both_databases
def test_nobody_returns_to_a_release_that_was_withdrawn(editor, dataset, queue):
    first = dataset.releases.get(number=1)
    editor.post(revert_page(dataset), filled(editor, revert_page(dataset)))
    queue()
    upload = Upload.objects.get()
    assert upload.state == "staged"
    reason = {"withdrawn": datetime(2026, 3, 5, tzinfo=UTC), "withdrawal_reason": "It named a person."}
    Release.objects.filter(pk=first.pk).update(**reason)
    page = reverse("admin:trade_release_change", args=[first.pk])
    assert revert_page(dataset) not in editor.get(page).content.decode()
    said = "Release 1 was withdrawn on 5 March 2026, so its values cannot be published again"
    assert said in editor.get(revert_page(dataset), follow=True).content.decode()
    published(editor, upload)
    queue()
    upload.refresh_from_db()
    assert said in upload.progress
    staging.stage(upload)
    assert (upload.state, said in upload.progress) == ("failed", True)
    with pytest.raises(CommandError, match="was withdrawn on 5 March 2026"):
        call_command("revert", dataset.pk, "1", note="Back.")
    assert dataset.releases.count() == 2


def test_no_return_to_the_newest_release_or_to_none(editor, dataset):
    newest = reverse("admin:trade_release_change", args=[dataset.latest_release().pk])
    assert "revert/" not in editor.get(newest).content.decode()
    for number, words in ((2, "is the latest release"), (7, "has no release 7")):
        with pytest.raises(releases.Refused, match=words):
            releases.revert(dataset, number, note="Back.")


def test_every_release_is_in_the_admin_log_under_its_user(editor, dataset):
    for page, more in [(revert_page, {}), (cell_page, CORRECTION)]:
        editor.post(page(dataset), filled(editor, page(dataset), **more))
        published(editor, Upload.objects.latest("pk"))
    entries = LogEntry.objects.filter(user__username="editor").order_by("pk")
    assert [(entry.content_type.model, entry.change_message) for entry in entries] == [
        ("upload", "entered by hand"),
        ("release", "revert, release 3: It was wrong."),
        ("upload", "entered by hand"),
        ("release", "correction, release 4: It was wrong."),
    ]


def test_a_release_that_fails_at_its_end_leaves_no_entry_in_the_log(dataset, monkeypatch):
    user = User.objects.create_user("editor")
    monkeypatch.setattr("trade.publishing.bulk_rows.ReleaseChanges.apply", lambda self, release: False)
    with pytest.raises(releases.Refused):
        releases.revert(dataset, 1, note="Back.", user=user)
    assert not LogEntry.objects.exists()


def test_a_corrected_value_is_drawn_with_its_estimate_and_months_beside_months(editor, dataset):
    months = {("CN-JL", "to_dprk", 2016, month): {"reported": 6} for month in (1, 2, 3, 5)}
    released.release(dataset, {LIAONING: {"reported": 6, "estimate": 4}} | months)
    for more, typed, said in (
        ({}, {"CN-LN_to_dprk_2016_0": "7"}, "2016: 10 → 11 (+1)"),
        ({"key": "CN-JL", "first": 2016, "monthly": "on"}, {"CN-JL_to_dprk_2016_3": "0"}, "2016-03: 6 → 0 (−6)"),
    ):
        editor.post(grid_page(dataset, **more), filled(editor, grid_page(dataset, **more), **typed))
        assert said in editor.get(page_of(Upload.objects.latest("pk"))).content.decode()


def test_codes_of_goods_are_typed_and_another_level_is_asked_about(editor):
    made = released.dataset("commodity")
    released.release(made, {("2709", "to_dprk", 2016, 0): {"reported": 5, "quantity": 2.5, "quantity_unit": "t"}})
    address = grid_page(made, "2709, 99 27091")
    assert "“27091” is no HS code" in editor.get(address).content.decode()
    for codes, field, state in (("2709 720110", "2709", "staged"), ("27", "27", "asking")):
        address = grid_page(made, codes)
        editor.post(address, filled(editor, address, **{f"{field}_to_dprk_2016_0": "7"}))
        assert Upload.objects.latest("pk").state == state
