"""What is done on one server shows on the other within a second, whole; nothing ties anybody to one of them."""

import hashlib
import html
import io
import json
import re

import pytest
import redis as redis_client
from django.core.files.base import ContentFile
from openpyxl import load_workbook

from tests.accounts.page_forms import largest
from tests.outages.editing import Editor
from tests.outages.readers import Readers, ask
from tests.outages.supervised import until
from tests.servers.pair import FOLDERS, Moment, pair, words_of_log

pytestmark = pytest.mark.soak

DATASET = "china-provinces"
LATEST = f"/data/{DATASET}/latest/"
SHOWN = ["/provinces/", "/provinces.json", "/provinces/cn-ln/", f"/data/{DATASET}/"]
SHOWN += [f"{LATEST}{name}" for name in ("data.csv", "chart.json", "SHA256SUMS")]
RELEASES = "SELECT MAX(id), COUNT(withdrawn) FROM trade_release"
A_SECOND = 1.0
PREVIEW = re.compile(r'id="preview-link"[^>]* value="([^"]+)"')


@pytest.fixture(scope="module")
def two():
    with pair() as both:
        yield both
        assert [line for one in (both.first, both.second) for line in faults(one)] == []


def faults(one):
    """What a server logged of faults that nobody foresaw."""
    lines = words_of_log(one).splitlines()
    return [line[-3000:] for line in lines if "Traceback" in line and "BucketAway" not in line]


@pytest.fixture(scope="module")
def editor(two):
    return Editor(two.first.site)


@pytest.fixture(autouse=True)
def with_both_workers(two):
    yield
    for one in (two.first, two.second):
        if "worker" not in one.running:
            one.start("worker")


def at(two, editor):
    """The same session, at the other server."""
    other = Editor(two.second.site, log_in=False)
    other.browser = editor.browser
    return other


def change(value):
    return f"province,year,month,flow,reported_usd\nCN-LN,2016,,to_dprk,{value}\n".encode()


def staged(editor, value):
    upload, answer = editor.upload(DATASET, change(value))
    assert upload, answer
    until(lambda: editor.state(upload) == "staged", 90, lambda: editor.get(upload)[1])
    return upload


def published(editor, value):
    upload = staged(editor, value)
    editor.publish(upload, f"Liaoning 2016 is {value}.")
    until(lambda: editor.state(upload) == "published", 90, lambda: editor.get(upload)[1])
    return upload


def bodies(site, addresses):
    return {address: (ask(site, address).status, ask(site, address).body) for address in addresses}


def seconds_behind(answers, before, committed):
    """How long after the commit somebody asked and was still answered as before it; negative if nobody was."""
    late = [answer.at - answer.seconds for answer in answers if (answer.status, answer.body) == before[answer.address]]
    return max(late, default=committed) - committed


def test_a_release_shows_on_the_other_server_within_a_second_and_whole(two, editor, tell):
    site, other = two.first.site, two.second.site
    before = bodies(other, SHOWN)
    assert before == bodies(site, SHOWN)
    upload = staged(editor, 5_000_001)
    with Readers(other, SHOWN, number=4, pause=0.02) as readers, Moment(two, RELEASES) as commit:
        editor.publish(upload, "Liaoning 2016 was wrong.")
        until(lambda: commit.at, 90, lambda: editor.get(upload)[1])
        until(lambda: not set(bodies(other, SHOWN).values()) & set(before.values()), 10)
    after = bodies(other, SHOWN)
    assert after == bodies(site, SHOWN)
    assert len(readers.answers) > 20
    for answer in readers.answers:
        assert (answer.status, answer.body) in (before[answer.address], after[answer.address]), answer.address
    behind = seconds_behind(readers.answers, before, commit.at)
    assert behind < A_SECOND
    agree(two, readers)
    tell("a release on one of two servers", f"{readers.in_words()} on the other", "nothing", f"{behind:.2f} s behind")


def agree(two, readers):
    """All files that were sent as those of one release are those that its checksums name."""
    sent = {}
    for answer in readers.answers:
        if place := answer.headers.get("Content-Location"):
            sent.setdefault(place.rsplit("/", 1)[0], {}).setdefault(place.rsplit("/", 1)[1], set()).add(answer.body)
    assert len(sent) == 2
    for release, files in sent.items():
        sums = ask(two.second.site, f"{release}/SHA256SUMS").body.decode().splitlines()
        expected = {line[66:]: line[:64] for line in sums if not line.startswith("#")}
        for name, found in files.items():
            assert len(found) == 1, (release, name)
            assert name == "SHA256SUMS" or hashlib.sha256(*found).hexdigest() == expected[name]
        for name, checksum in expected.items():
            assert hashlib.sha256(ask(two.second.site, f"{release}/{name}").body).hexdigest() == checksum


def test_a_withdrawal_counts_on_the_other_server_within_a_second(two, editor, tell):
    before = bodies(two.second.site, SHOWN)
    published(editor, 5_000_002)
    release, number, folder = two.ask_database("SELECT id, number, bundle FROM trade_release ORDER BY id DESC LIMIT 1")
    files = [f"/data/{DATASET}/{number}/{name}" for name in ("data.csv", "chart.json", "workbook.xlsx")]
    until(lambda: {ask(two.second.site, file).status for file in files} == {200}, 10)
    withdrawn = bodies(two.second.site, [*files, *SHOWN])
    kept = [place / "kept-bundles" / folder for place in two.folders]
    assert kept[1].is_dir()
    with Readers(two.second.site, [*files, *SHOWN], number=4, pause=0.02) as readers, Moment(two, RELEASES) as commit:
        editor.post(f"/admin/trade/release/{release}/withdraw/", {"values": "put_back", "reason": "Typed twice."})
        until(lambda: commit.at, 90)
        until(lambda: {ask(two.second.site, file).status for file in files} == {410}, 10)
        until(lambda: not set(bodies(two.second.site, SHOWN).values()) & set(withdrawn.values()), 10)
    behind = seconds_behind(readers.answers, withdrawn, commit.at)
    assert behind < A_SECOND
    assert {answer.status for answer in readers.answers} == {200, 410}
    assert {status for status, _body in bodies(two.first.site, files).values()} == {410}
    assert not any(place.exists() for place in kept)
    values = [json.loads(found["/provinces.json"][1])["figures"] for found in (before, bodies(two.second.site, SHOWN))]
    assert values[0] == values[1]
    tell(
        "a withdrawal on one of two servers", f"{readers.in_words()} on the other", "nothing", f"{behind:.2f} s behind"
    )


def test_an_upload_to_one_server_is_read_by_the_worker_of_the_other_and_published_from_either(two, editor):
    other = at(two, editor)
    two.first.kill("worker")
    upload = staged(editor, 5_000_003)
    assert other.state(upload) == "staged" and other.get(upload)[1].count("5,000,003")
    two.second.kill("worker")
    two.first.start("worker")
    other.publish(upload, "Published from the other server.")
    until(lambda: editor.state(upload) == "published", 90, lambda: editor.get(upload)[1])
    assert other.state(upload) == "published"
    assert b"5000003" in ask(two.second.site, f"{LATEST}data.csv").body
    for folder in two.folders:
        assert not [place for place in FOLDERS if (folder / place).exists()]


def test_the_list_of_changes_is_handed_out_by_either(two, editor):
    upload = staged(editor, 5_000_004)
    path = upload.replace("/change/", "/changes.xlsx")
    lists = [rows(editor.browser.open(f"{one.site.address}{path}").read()) for one in (two.first, two.second)]
    assert lists[0] == lists[1] and any(5_000_004 in row for row in lists[0])


def rows(content):
    [sheet] = load_workbook(io.BytesIO(content)).worksheets
    return list(sheet.iter_rows(values_only=True))


def test_a_preview_that_was_asked_for_on_one_server_opens_on_the_other(two, editor):
    other, upload = at(two, editor), staged(editor, 5_000_005)
    page = upload.replace("/change/", "/previewed/")
    editor.post(upload.replace("/change/", "/preview/"), {}, at=upload)
    until(lambda: PREVIEW.search(other.get(page)[1]), 90, lambda: other.get(page)[1])
    link = html.unescape(PREVIEW.search(other.get(page)[1])[1]).partition("/preview/")[2]
    for one in (two.first, two.second):
        answer = ask(one.site, f"/preview/{link}provinces.json")
        assert answer.status == 200 and b"5000005" in answer.body, answer.body[:500]
    other.publish(upload, "After the preview.")
    until(lambda: editor.state(upload) == "published", 90)
    for one in (two.first, two.second):
        assert ask(one.site, f"/preview/{link}provinces.json").status == 410


def test_words_that_were_saved_on_one_server_show_on_the_other_within_a_second(two, editor, tell):
    question = re.search(r"/admin/faq/question/(\d+)/change/", editor.get("/admin/faq/question/")[1])
    form = editor.get(question[0])[1]
    address = two.ask_database(f"SELECT slug FROM faq_question WHERE id = {question[1]}")[0]
    page = f"/questions/{address}/"
    before = bodies(two.second.site, [page])
    words = "Written on the first of two servers."
    with (
        Readers(two.second.site, [page], number=2, pause=0.02) as readers,
        Moment(two, "SELECT MAX(history_id) FROM faq_historicalquestion") as commit,
    ):
        editor.post(question[0], largest(form) | {"answer": words, "_save": "Save"})
        until(lambda: commit.at, 30, lambda: editor.get(question[0])[1])
        until(lambda: words.encode() in ask(two.second.site, page).body, 10)
    behind = seconds_behind(readers.answers, before, commit.at)
    assert behind < A_SECOND
    tell("words saved on one of two servers", f"{readers.in_words()} on the other", "nothing", f"{behind:.2f} s behind")


def test_a_session_is_one_of_both_servers_and_ends_on_both(two):
    editor = Editor(two.first.site)
    other = at(two, editor)
    assert other.is_in()
    other.post("/accounts/logout/", {})
    assert not editor.is_in() and not other.is_in()


def test_passwords_and_requests_are_counted_over_both_servers(two):
    strangers = [Editor(one.site, log_in=False) for one in (two.first, two.second)]
    for stranger in strangers:
        stranger.site = type(stranger.site)(stranger.site.address, {}, "somebody-else")
    statuses = [strangers[number % 2].try_password("wrong")[0] for number in range(6)]
    assert statuses == [200] * 5 + [429]
    for one in (two.first, two.second):
        assert ask(one.site, "/api/v1/datasets").status == 200
    shared = redis_client.Redis(port=two.redis.port)
    counted = sum(int(shared.get(key)) for key in shared.keys("*:api:*"))
    assert counted == 2


def test_while_the_bucket_is_away_kept_pages_and_files_are_sent_and_nothing_is_published(two, editor, tell):
    file, unseen = f"/data/{DATASET}/1/data.csv", f"/data/{DATASET}/2/data.json"
    sites = [one.site for one in (two.first, two.second)]
    upload = staged(editor, 5_000_006)
    form = publishing_form(editor, upload, "While the bucket was away.")
    before = [bodies(site, [*SHOWN, file]) for site in sites]
    two.bucket.end()
    try:
        for site, found in zip(sites, before, strict=True):
            assert bodies(site, [*SHOWN, file]) == found
            answer = ask(site, unseen)
            assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
            assert b"newest bundles: the files of " in ask(site, "/readyz").body
            assert ask(site, "/healthz").status == 200
        status, page, _address = editor.post(
            "/admin/trade/upload/import/",
            {"dataset": DATASET, "files": ContentFile(change(5), name="trade.csv"), "mode": "amend", "flow": ""},
        )
        assert status == 503 and "file storage is not responding" in page
        assert editor.get(upload)[0] == 503  # what would change lies there
        editor.post(upload.replace("/change/", "/publish/"), form, at="/admin/")
        until(lambda: "file storage is not responding" in progress(two, upload), 60, lambda: progress(two, upload))
    finally:
        two.bucket.start()
    back = max(until(lambda site=site: ask(site, unseen).status == 200, 10) for site in sites)
    until(lambda: has_published(editor, upload), 90, lambda: progress(two, upload))
    two.first.manage("verify")
    tell("the bucket away from two servers", "kept pages and files, 503 for others", "nothing", f"back in {back:.2f} s")


def has_published(editor, upload):
    """Publish; a process that has just been without the bucket does not ask it for two seconds."""
    until(lambda: 'name="seen"' in editor.get(upload)[1], 30)
    editor.publish(upload, "After it was back.")
    until(lambda: editor.state(upload) in ("staged", "published"), 90)
    return editor.state(upload) == "published"


def publishing_form(editor, upload, note):
    page = editor.get(upload)[1]
    ticks = dict.fromkeys(re.findall(r'name="(warning_\d+)"', page), "on")
    return {"seen": re.search(r'name="seen" value="(\w+)"', page)[1], "note": note, "kind": "scheduled"} | ticks


def progress(two, upload):
    """What a worker wrote of an upload last."""
    number = re.search(r"/(\d+)/", upload)[1]
    return two.ask_database(f"SELECT progress FROM trade_upload WHERE id = {number}")[0]
