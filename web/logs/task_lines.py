"""Carries the number of a request into the tasks that it asks for, and logs when each was asked for, begun and done."""

import logging

from django.db.models.signals import pre_save
from django.dispatch import receiver
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.signals import task_enqueued, task_finished, task_started
from django_tasks_db.models import DBTaskResult

from web.logs import request_id
from web.logs.log_lines import TASK

log = logging.getLogger(__name__)
REQUEST = "request"  # beside "args" and "kwargs" in the row of a task


@receiver(pre_save, sender=DBTaskResult)
def note_request(sender, instance, **kwargs) -> None:
    """Keep in the row of a new task which request asks for it."""
    if instance._state.adding and (number := request_id.current()):
        instance.args_kwargs = instance.args_kwargs | {REQUEST: number}


@receiver(task_enqueued)
def say_asked_for(sender, task_result: TaskResult, **kwargs) -> None:
    if _row(task_result):
        _say("asked for", task_result)


@receiver(task_started)
def take_over(sender, task_result: TaskResult, **kwargs) -> None:
    """Have every line from here on name the task, its upload, and the request that asked for it."""
    if row := _row(task_result):
        request_id.resume(row.args_kwargs.get(REQUEST, ""))
        TASK.set(_names(task_result))
        _say("begun", task_result)


@receiver(task_finished)
def let_go(sender, task_result: TaskResult, **kwargs) -> None:
    """Name the task no longer."""
    if _row(task_result):
        _say("ended in an error" if task_result.status == TaskResultStatus.FAILED else "done", task_result)
        request_id.resume("")
        TASK.set({})


def _row(task_result):
    """The row of a task; one that is done at once, as tests do theirs, has none and stays part of its request."""
    return getattr(task_result, "db_result", None)


def _say(what, task_result):
    log.info("%s: %s", task_result.task.module_path, what, extra=_names(task_result))


def _names(task_result):
    """Name a task; the first argument of each task of trade/tasks.py is its upload."""
    names = {"task": str(task_result.id)}
    if task_result.task.module_path.startswith("trade.tasks.") and task_result.args:
        names["upload"] = task_result.args[0]
    return names
