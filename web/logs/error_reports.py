"""Tells Sentry of errors, where SENTRY_DSN names one: what went wrong and where, and nothing of who asked for what.

Sentry's library is not imported otherwise.
"""

from web.logs import request_id
from web.logs.masking import masked

OF_A_REQUEST = ("method", "url")  # all else that Sentry knows of one is left out: headers, cookies, forms, query


def start(dsn: str, environment: str, **options) -> None:
    """Have every error that is logged, or that a view, a task or a command ends in, sent to `dsn`.

    `options` are Sentry's own, for tests: `start(dsn, "test", transport=…)`. Raises: sentry_sdk.utils.BadDsn.
    """
    import sentry_sdk

    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        before_send=scrubbed,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
        **options,
    )


def scrubbed(event: dict, hint: dict | None = None) -> dict:
    """Leave of an event what helps to find the fault; add the number of the request."""
    if request := event.get("request"):
        event["request"] = {name: masked(request[name]) for name in OF_A_REQUEST if name in request}
    for name in ("user", "breadcrumbs"):
        event.pop(name, None)
    if number := request_id.current():
        event.setdefault("tags", {})["request_id"] = number
    return _masked_throughout(event)


def _masked_throughout(value):
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, dict):
        return {name: _masked_throughout(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_masked_throughout(each) for each in value]
    return value
