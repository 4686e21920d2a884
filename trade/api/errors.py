"""Answers every error in one form: a code, a message, the parameter, what was found in it, what was expected."""

import math

from django.http import HttpRequest, JsonResponse
from ninja import Schema
from ninja.errors import HttpError, Throttled, ValidationError

from web.throttling import A_MINUTE

SHOWN = 100  # characters of what was sent that an error repeats


class Fault(Schema):
    code: str
    message: str
    parameter: str | None = None
    found: str | None = None
    expected: str | None = None


class Refusal(Schema):
    """{"error": {"code": "invalid", "message": "…", "parameter": "year", "found": "abc", "expected": "…"}}"""

    error: Fault


class Refused(Exception):
    """The answer is an error: `Refused(404, "no_dataset", "There is no such dataset.", "dataset", "abc", "…")`."""

    def __init__(self, status, code, message, parameter=None, found=None, expected=None):
        super().__init__(message)
        self.status = status
        found = None if found is None else str(found)[:SHOWN]
        self.fault = Fault(code=code, message=message, parameter=parameter, found=found, expected=expected)


def answer(refused: Refused) -> JsonResponse:
    """Send a refusal; no cache keeps it."""
    content = Refusal(error=refused.fault).model_dump()
    return JsonResponse(
        content,
        status=refused.status,
        headers={"Cache-Control": "no-store"},
        json_dumps_params={"ensure_ascii": False},
    )


def register(api) -> None:
    """Have every error that an operation can end in answered in the one form."""
    api.add_exception_handler(Refused, lambda request, error: answer(error))
    api.add_exception_handler(ValidationError, lambda request, error: answer(_invalid(request, error)))
    api.add_exception_handler(Throttled, lambda request, error: _too_many(error))
    api.add_exception_handler(HttpError, lambda request, error: answer(_plain(error)))


def _invalid(request: HttpRequest, error: ValidationError) -> Refused:
    """Say what is wrong with the first parameter that is."""
    first = error.errors[0]
    name = next((step for step in reversed(first["loc"]) if isinstance(step, str)), None)
    sent = request.GET.getlist(name) or [request.resolver_match.kwargs.get(name)]
    found = ", ".join(str(value) for value in sent if value is not None)
    expected = first["msg"].removeprefix("Value error, ")
    return Refused(422, "invalid", f"The parameter “{name}” cannot be read: {expected}", name, found, expected)


def _too_many(error):
    wait = math.ceil(error.wait or 1)
    response = answer(
        Refused(
            429,
            "too_many_requests",
            f"Too many requests from this address: wait {wait} seconds. For much data, take the files of a release.",
            expected=f"at most {A_MINUTE} requests a minute",
        )
    )
    response["Retry-After"] = str(wait)
    return response


def _plain(error):
    return Refused(error.status_code, "refused", str(error))
