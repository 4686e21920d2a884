"""Reads which figure of a view an address asks for, "figure=ranked", and narrows the view to it."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from trade.charts import view_state
from trade.charts.one_figure import narrowed
from trade.charts.schema import Figure, Payload
from trade.charts.view_state import State
from trade.pages.one_figure import picture_asked
from web.page_cache.keep import known_as

PARAMETER = "figure"


def narrow(request: HttpRequest, payload: Payload, state: State | None) -> Payload:
    """Narrow a payload to the figure that an address asks for; one that is none gets the first, with a notice."""
    asked = request.GET.get(PARAMETER, "").strip()
    if not asked or not payload["figures"]:
        return payload
    figure, notices = _found(asked, payload["figures"])
    return narrowed.to(payload, figure, state) | {"notices": payload["notices"] + notices}


def _found(asked, figures: Sequence[Figure]):
    figure = next((one for one in figures if one["id"] == asked), None)
    if figure:
        return figure, []
    names = [one["id"] for one in figures]
    words = {"found": view_state.quoted(asked), "choices": _(" or ").join(names), "default": names[0]}
    notice = _("“%(found)s” is not a figure in this view. Choose %(choices)s; %(default)s is shown.")
    return figures[0], [notice % words]


def kept_as(response: HttpResponse, request: HttpRequest, whole: Payload, form: str) -> HttpResponse:
    """Say under which address to keep an answer: one that explains what was asked under none."""
    asked, names = request.GET.get(PARAMETER), [one["id"] for one in whole["figures"]]
    if whole["notices"] or not names:
        return response
    if asked and asked not in names:
        return known_as(response, None)
    ours = (PARAMETER, *picture_asked.PARAMETERS)
    query = [(name, value) for name, value in request.GET.items() if name not in ours]
    if asked:
        query.append((PARAMETER, asked))
    return known_as(response, urlencode(query + picture_asked.of(request, form).query(), safe=","))
