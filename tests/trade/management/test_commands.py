"""manage.py stage, publish and revert: what a script is told, and by which exit code."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from trade.models import Chapter, Dataset, Release, Upload

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

HEADER = "province,year,month,flow,reported_usd,estimate_usd,status,note\n"
SOUND = HEADER + "CN-LN,2016,,to_dprk,1666290000,,A,\nCN-JL,2016,,to_dprk,345000000,,A,\n"
SILENT = "province,year,reported_usd\nCN-LN,2016,5\n"  # of the direction
COUNTS = {"new": 2, "changed": 0, "unchanged": 0, "removed": 0, "emptied": 0}


@pytest.fixture
def run(places, tmp_path):
    def run_command(name, *arguments, **files):
        """Run a command as a script does: (exit code, what it said as JSON). `files` are written, and named last."""
        paths = []
        for file, content in files.items():
            paths.append(str(tmp_path / f"{file}.csv"))
            (tmp_path / f"{file}.csv").write_text(content)
        said, code = io.StringIO(), 0
        try:
            call_command(name, *arguments, *paths, "--json", stdout=said, stderr=io.StringIO())
        except SystemExit as end:
            code = end.code
        except CommandError as error:
            code = error.returncode
        return code, json.loads(said.getvalue())

    return run_command


def staged(run, content=SOUND):
    return run("stage", "china-provinces", file=content)[1]["upload"]


def published(run, content=SOUND):
    return run("publish", str(staged(run, content)), "--note", "News.", "--kind", "scheduled", "--accept-warnings")


@pytest.mark.slow
def test_a_sound_file_is_staged_with_its_counts(run):
    code, said = run("stage", "china-provinces", file=SOUND)
    assert (code, said["state"], said["counts"]) == (0, "staged", COUNTS)
    assert Upload.objects.get(pk=said["upload"]).state == "staged"
    assert set(said) == {"upload", "state", "form", "faults", "warnings", "questions", "remarks", "counts"}


@pytest.mark.slow
def test_a_fault_says_file_cell_found_and_expected(run):
    code, said = run("stage", "china-provinces", file=SOUND.replace("CN-JL", "Jilinn").replace("1666290000", "-5"))
    assert (code, said["state"], said["counts"]) == (1, "refused", {})
    negative, unknown = said["faults"]
    assert (negative["file"], negative["sheet"], negative["cell"]) == ("file.csv", "", "line 2, column reported_usd")
    assert (negative["found"], unknown["found"], unknown["cell"]) == ("-5", "Jilinn", "line 3")
    assert unknown["expected"] == "a recognised name; did you mean Jilin (CN-JL)?"
    assert all(fault["expected"] and fault["message"] for fault in said["faults"])


@pytest.mark.slow
def test_a_question_has_an_exit_code_of_its_own_and_names_its_answers(run):
    code, said = run("stage", "china-provinces", file=SILENT)
    assert (code, said["state"]) == (3, "asking")
    [question] = said["questions"]
    choices = [value for value, _label in question["choices"]]
    assert (question["key"], choices) == ("flow", ["to_dprk", "from_dprk", "total"])
    for answer in (["--answer", "flow=from_dprk"], ["--flow", "from_dprk"]):
        code, said = run("stage", "china-provinces", *answer, file=SILENT)
        assert (code, said["counts"]["new"]) == (0, 1)


@pytest.mark.slow
def test_an_answer_that_is_not_offered_is_refused_with_those_that_are(run):
    code, said = run("stage", "china-provinces", "--answer", "flow=both", file=SILENT)
    assert (code, said["faults"][0]["found"], said["faults"][0]["expected"]) == (1, "both", "to_dprk, from_dprk, total")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("said_beforehand", "key"), [(["--answer", "unit=1000"], "answer"), (["--flow", "from_dprk"], "flow")]
)
def test_what_was_said_beforehand_and_did_not_count_must_be_ticked(run, said_beforehand, key):
    code, said = run("stage", "china-provinces", *said_beforehand, file=SOUND)
    assert (code, [warning["key"] for warning in said["warnings"]]) == (0, [key])


@pytest.mark.slow
def test_leave_to_replace_needs_no_tick_where_nothing_is_to_be_replaced(run):
    assert run("stage", "china-provinces", "--answer", "period=replace", file=SOUND)[1]["warnings"] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing", __file__], "There is no dataset “nothing”. There are: china-totals, china-provinces"),
        (["china-provinces", "/nowhere.csv"], "/nowhere.csv cannot be read: No such file"),
        (["china-provinces", "/"], "/ cannot be read: Is a directory"),
        (["china-provinces", __file__, "--answer", "flow"], "write it as KEY=VALUE"),
    ],
)
def test_a_command_that_cannot_be_done_is_a_fault_too(run, arguments, words):
    code, said = run("stage", *arguments)
    assert (code, said["upload"], said["faults"][0]["code"]) == (1, None, "command")
    assert words in said["faults"][0]["message"]
    assert not Upload.objects.exists()


@pytest.mark.slow
def test_a_name_of_a_file_that_is_no_text_does_no_harm(run, tmp_path):
    path = tmp_path / "a\udcff\n.csv"
    path.write_text(SOUND)
    code, said = run("stage", "china-provinces", str(path))
    assert (code, Upload.objects.get(pk=said["upload"]).files.get().name) == (0, "a\ufffd\ufffd.csv")


@pytest.mark.slow
def test_publishing_says_what_was_made_and_again_the_same(run):
    upload = staged(run)
    for _time in range(2):
        code, said = run("publish", str(upload), "--note", "The first figures.", "--kind", "scheduled")
        assert (code, said["dataset"], said["release"], said["kind"]) == (0, "china-provinces", 1, "scheduled")
        assert (said["counts"], "data.csv" in {file["name"] for file in said["files"]}) == (COUNTS, True)
    assert Release.objects.count() == 1


@pytest.mark.slow
def test_publishing_is_refused_without_a_note_or_with_warnings_unticked(run):
    upload = staged(run, SOUND.replace("1666290000", ""))
    code, said = run("publish", str(upload), "--note", "News.", "--kind", "correction")
    assert (code, "status" in said["error"]) == (1, True)
    code, said = run("publish", str(upload), "--note", " ", "--kind", "correction", "--accept-warnings")
    assert (code, said) == (1, {"error": "Write a note that tells readers what changed and why."})
    assert not Release.objects.exists()


@pytest.mark.slow
def test_what_is_not_staged_is_not_published(run):
    refused = run("stage", "china-provinces", file=HEADER)[1]["upload"]
    for upload, words in ((refused, "Status of this upload: refused"), (0, "There is no upload 0.")):
        code, said = run("publish", str(upload), "--note", "News.", "--kind", "correction")
        assert (code, words in said["error"]) == (1, True)


@pytest.mark.slow
def test_an_upload_whose_head_moved_says_who_came_first_and_is_compared_again(run):
    first, second = staged(run), staged(run, SOUND.replace("345000000", "345000001"))
    run("publish", str(first), "--note", "First.", "--kind", "scheduled")
    code, said = run("publish", str(second), "--note", "Second.", "--kind", "scheduled")
    assert (code, said["error"].startswith("Release 1 by the command line was published first.")) == (1, True)
    assert Upload.objects.get(pk=second).counts["changed"] == 1


@pytest.mark.slow
def test_going_back_is_a_release_and_needs_an_earlier_one(run):
    published(run)
    published(run, SOUND.replace("345000000", "345000001"))
    code, said = run("revert", "china-provinces", "1", "--note", "A mistake.")
    assert (code, said["release"], said["kind"], said["counts"]["changed"]) == (0, 3, "revert", 1)
    for arguments, words in (
        (["china-provinces", "3"], "Release 3 is the latest release. Choose an earlier one."),
        (["china-provinces", "9"], "has no release 9."),
        (["nothing", "1"], "There is no dataset “nothing”."),
    ):
        code, said = run("revert", *arguments, "--note", "Why.")
        assert (code, words in said["error"]) == (1, True)
    assert run("revert", "china-provinces", "1", "--note", "Again.")[1] == {
        "error": "Nothing would change, so there is nothing to publish."
    }


@pytest.mark.slow
def test_the_tables_are_loaded_once_and_without_any_dataset(db):
    first, again, before = io.StringIO(), io.StringIO(), Dataset.objects.count()
    call_command("load_tables", stdout=first)
    call_command("load_tables", stdout=again)
    parts = [line.partition(":")[0] for line in first.getvalue().splitlines()]
    assert parts == ["reference", "sanctions", "questions", "search"]
    assert all(": 0 created, 0 updated, " in line for line in again.getvalue().splitlines())
    assert (Chapter.objects.count(), Dataset.objects.count()) == (98, before)
