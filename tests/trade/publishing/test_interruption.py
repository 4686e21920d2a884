"""A publish that is killed, and two that meet: head is the old one or the new one, and nothing in between."""

import hashlib
import subprocess

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.samples import some
from tests.trade.processes import start
from trade.bundles import storage
from trade.demonstration import DATASETS
from trade.models import Dataset, Release, Upload
from trade.publishing import staging, uploads
from trade.reference import seed as reference
from trade.reference.vocabulary import known_spellings

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

PARTS = 11  # a publish falls into so many parts, and is killed after each of these
MOMENTS = some([10, 8, 5, 2, 1, 3, 4, 6, 7, 9], 2)

# A process that has imported all that a publish needs. For each line "upload moment" it forks a child, which publishes
# the upload and kills itself without warning at the n-th call of a function of this project or of the database
# driver; it answers with the child's exit code. With n = 0 the child lives, and the answer has the number of calls.
KILLER = """
import os, signal, sys
import django
django.setup()
from trade.models import Upload
from trade.publishing import releases
def publish(key, moment, told):
    calls, upload = 0, Upload.objects.get(pk=key)
    def count(frame, event, argument):
        nonlocal calls
        where = frame.f_code.co_filename
        if event in ("call", "c_call") and ("/trade/" in where or "/db/backends/" in where):
            calls += 1
            if calls == moment:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.setprofile(count)
    releases.publish(upload, note="At last.", kind="scheduled", accepted="all")
    sys.setprofile(None)
    os.write(told, str(calls).encode())
for line in sys.stdin:
    key, moment = map(int, line.split())
    hear, told = os.pipe()
    child = os.fork()
    if not child:
        try:
            publish(key, moment, told)
        except BaseException as error:
            os.write(told, repr(error).encode())
            os._exit(1)
        os._exit(0)
    os.close(told)
    with os.fdopen(hear) as words:
        said = words.read()
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said, flush=True)
"""


@pytest.fixture
def publish_and_die():
    """Publish an upload and die at a moment: publish_and_die(upload, 700) -> (exit code, what the child said)."""
    killer = start("-c", KILLER, stdin=subprocess.PIPE)

    def ask(upload, moment):
        killer.stdin.write(f"{upload.pk} {moment}\n".encode())
        killer.stdin.flush()
        code, _space, said = killer.stdout.readline().decode().strip().partition(" ")
        assert code, killer.stderr.read().decode()
        return int(code), said

    with killer:
        yield ask
        killer.stdin.close()


def staged(dataset, offset):
    """Stage a file of 62 values for a dataset of its own."""
    rows = [f"{code},2016,,{flow},{offset + n}" for n, code in enumerate(codes()) for flow in ("to_dprk", "from_dprk")]
    text = "\n".join(["province,year,month,flow,reported_usd", *rows])
    upload = staging.stage(uploads.receive(dataset, [("trade.csv", text.encode())]))
    assert (upload.state, upload.faults) == ("staged", [])
    return upload


def codes():
    return sorted(set(known_spellings("province").values()))


def dataset(slug):
    return Dataset.objects.create(**DATASETS[0] | {"slug": slug})


def assert_old_or_new(mine, before, offset):
    """Head is wholly what it was or wholly what was published, and its files are the ones listed."""
    standing = {(r.province_id, r.flow): r.value_usd for r in mine.observations.standing()}
    expected = {(code, flow): offset + n for n, code in enumerate(codes()) for flow in ("to_dprk", "from_dprk")}
    release = mine.latest_release()
    if release is None or release.number == before:
        assert standing != expected
        return False
    assert standing == expected
    for file in release.files:
        assert hashlib.sha256(storage.open_file(release, file["name"]).read()).hexdigest() == file["sha256"]
    return True


@pytest.mark.soak
@pytest.mark.slow
def test_a_publish_killed_at_any_moment_leaves_the_old_head_or_the_new_one(publish_and_die):
    reference.load()
    code, said = publish_and_die(staged(dataset("counted"), 1), 0)
    assert code == 0, said
    mine, ends = dataset("killed"), []
    for step, moment in enumerate(MOMENTS, start=1):
        offset = 10 * step
        before = mine.releases.count()
        upload = staged(mine, offset)
        assert publish_and_die(upload, 1 + int(said) * moment // PARTS)[0] == -9
        ends.append(assert_old_or_new(mine, before, offset))
        # What a dead publish leaves can be published again.
        if not ends[-1]:
            call_command("publish", str(upload.pk), note="Again.", kind="scheduled", accept_warnings=True)
            assert assert_old_or_new(mine, before, offset)
    assert not all(ends)
    call_command("sweep")
    assert set(Release.objects.values_list("bundle", flat=True)) <= folders()


def folders():
    bundles = settings.VAR_DIR / "bundles"
    return {f"{folder.parent.name}/{folder.name}" for folder in bundles.glob("*/*")}


@pytest.mark.slow
def test_of_two_editors_who_publish_at_once_one_wins_and_the_other_is_told_why():
    reference.load()
    mine = dataset("contested")
    uploads = [staged(mine, 10), staged(mine, 20)]
    publishing = [
        start("manage.py", "publish", str(upload.pk), "--note", "Mine.", "--kind", "scheduled", "--accept-warnings")
        for upload in uploads
    ]
    ends = sorted((process.wait(), process.stderr.read().decode()) for process in publishing)
    assert [code for code, _words in ends] == [0, 1]
    assert "was published first" in ends[1][1]
    assert mine.releases.count() == 1
    assert sorted(Upload.objects.filter(dataset=mine).values_list("state", flat=True)) == ["published", "staged"]
