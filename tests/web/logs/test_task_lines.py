"""What a task logs names the task, its upload, and the request that asked for it."""

import logging

import pytest
from django_tasks import TaskResultStatus
from django_tasks.signals import task_finished, task_started
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from trade import tasks
from web.logs import log_lines, request_id


@pytest.fixture
def asked(db, settings, caplog):
    """A task that a request asked for, in the queue of the database."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    caplog.set_level(logging.INFO, logger="web.logs.task_lines")
    request_id.resume("9f2c41d07be3a5561c80")
    yield tasks.stage_upload.enqueue(4711)
    request_id.resume("")
    log_lines.TASK.set({})


def begun(result):
    """What the lines of a worker name once it has begun the task."""
    request_id.resume("")
    task_started.send(DatabaseBackend, task_result=result)
    return {"request_id": request_id.current()} | log_lines.TASK.get()


def test_the_lines_of_a_task_name_the_request_that_asked_for_it(asked):
    result = DBTaskResult.objects.get(pk=asked.id).task_result
    assert begun(result) == {"request_id": "9f2c41d07be3a5561c80", "task": asked.id, "upload": 4711}
    assert (result.args, result.kwargs) == ([4711], {})


def test_the_next_task_of_a_worker_is_not_mistaken_for_it(asked):
    result = DBTaskResult.objects.get(pk=asked.id).task_result
    begun(result)
    task_finished.send(DatabaseBackend, task_result=result)
    assert (request_id.current(), log_lines.TASK.get()) == ("", {})


def test_a_task_that_nobody_asked_for_by_a_request_has_none(asked):
    request_id.resume("")
    own = tasks.stage_upload.enqueue(4712)
    assert begun(DBTaskResult.objects.get(pk=own.id).task_result)["request_id"] == ""


def test_a_task_leaves_a_line_when_it_is_asked_for_begun_and_ended(asked, caplog):
    row = DBTaskResult.objects.get(pk=asked.id)
    begun(row.task_result)
    row.status = TaskResultStatus.FAILED
    with pytest.MonkeyPatch.context() as quiet:
        quiet.setattr("django_tasks.signals.logger.disabled", True)
        task_finished.send(DatabaseBackend, task_result=row.task_result)
    records = caplog.get_records("setup") + caplog.get_records("call")
    lines = [record for record in records if record.name == "web.logs.task_lines"]
    assert [record.message for record in lines] == [
        "trade.tasks.stage_upload: asked for", "trade.tasks.stage_upload: begun",
        "trade.tasks.stage_upload: ended in an error",
    ]  # fmt: skip
    assert {(record.task, record.upload) for record in lines} == {(asked.id, 4711)}
