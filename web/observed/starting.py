"""Puts the outermost layer around the application, as the settings ask for lines and metrics."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

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


def register(registry) -> None:
    """Add what all processes of this server have counted by now to a registry of prometheus-client.

    A process without a server, as in tests, has counted nothing.
    """
    from prometheus_client.multiprocess import MultiProcessCollector

    folder = os.environ.get(shared_folder.NAME)
    if folder:
        NOTED.hand_on()
        shared_folder.forget_the_dead(Path(folder))
        MultiProcessCollector(registry, folder)


def _unnoted(answer):
    """Nobody asks for lines or metrics."""
