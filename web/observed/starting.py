"""Puts the outermost layer around the application, as the settings ask for lines and metrics."""

from collections.abc import Callable
from functools import partial

from django.conf import settings

from web.observed import access_log, shared_folder
from web.observed.noted_answers import NotedAnswers
from web.observed.outermost import Outermost

NOTED = NotedAnswers()


def observed(application: Callable) -> Outermost:
    """Return the application with each request numbered, logged (ACCESS_LOG) and counted (METRICS_TOKEN)."""
    readers = []
    if settings.ACCESS_LOG:
        readers.append(partial(access_log.write, form=settings.LOG_FORMAT))
    if settings.METRICS_TOKEN:
        shared_folder.prepare(settings.VAR_DIR / "metrics")
        from web.observed import meters  # it makes its files as it is imported

        readers.append(meters.count)
    if readers:
        NOTED.start(readers)
    note = NOTED.note if readers else _unnoted
    return Outermost(application, note, settings.BEHIND_PROXY)


def _unnoted(answer):
    """Nobody asks for lines or metrics."""
