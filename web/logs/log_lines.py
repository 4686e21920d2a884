"""How a line of the log is written: as one JSON object, or as text; masked, and with the request and the task it is of.

A line is one line: what somebody sent cannot begin another one.
"""

import logging
from contextvars import ContextVar

from django.core.exceptions import ImproperlyConfigured
from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

from web.logs import request_id
from web.logs.masking import masked

FORMATS = ("json", "text")
OF_WHAT = ("request_id", "task", "upload")
# What Django hands to its log beside the message: the request, whose words hold its query string and its cookies.
UNSAID = {*RESERVED_ATTRS, "request", "params", "sql"}
NAMES = {"asctime": "time", "levelname": "level", "name": "logger", "exc_info": "exception"}
TASK: ContextVar[dict] = ContextVar("task", default={})  # {"task": "0f1c…", "upload": 7} while one is done  # noqa: B039


class OfRequest(logging.Filter):
    """Names the request and the task on every record that passes."""

    def filter(self, record: logging.LogRecord) -> bool:
        known = {"request_id": request_id.current()} | TASK.get()
        record.__dict__.update({name: value for name, value in known.items() if value})
        return True


class JsonLines(JsonFormatter):
    """{"time": "2026-11-28T14:03:07+0000", "level": "ERROR", "logger": "trade.tasks", "message": "…", "upload": 7}"""

    def __init__(self):
        fields = ["asctime", "levelname", "name", "message"]
        super().__init__(fields, "%Y-%m-%dT%H:%M:%S%z", rename_fields=NAMES, reserved_attrs=[*UNSAID])

    def process_log_record(self, log_data: dict) -> dict:
        return {name: masked(value) if isinstance(value, str) else value for name, value in log_data.items()}


class TextLines(logging.Formatter):
    """ERROR trade.tasks: upload 7 could not be staged (task=0f1c… upload=7); a traceback follows, indented."""

    def __init__(self):
        super().__init__("%(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        known = [f"{name}={record.__dict__[name]}" for name in OF_WHAT if name in record.__dict__]
        line = super().formatMessage(record) + (f" ({' '.join(known)})" if known else "")
        return masked("".join(each if each.isprintable() else ascii(each)[1:-1] for each in line))

    def formatException(self, ei) -> str:
        return "\n".join(f"  {line}" for line in masked(super().formatException(ei)).splitlines())


def configured(form: str, level: str) -> dict:
    """Make LOGGING: `configured("json", "WARNING")`.

    Raises: ImproperlyConfigured for another form than "json" or "text".
    """
    if form not in FORMATS:
        raise ImproperlyConfigured(f"LOG_FORMAT is {form!r}. Set it to {' or '.join(FORMATS)}.")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"of_request": {"()": OfRequest}},
        "formatters": {"line": {"()": JsonLines if form == "json" else TextLines}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["of_request"]},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Whoever scans the net asks for other hosts; each time would be a dozen lines about a refused request.
            "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
            # One line for each task that is asked for, begun and done, whatever the level of the others.
            "web.logs.task_lines": {"level": "INFO"},
        },
    }
