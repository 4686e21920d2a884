"""One figure of a view in a frame on another site's page: with its title, its unit, its source and the way back.

Only these pages may be framed. They take the same addresses as the pages of charts, live or frozen to a release, and
`figure=ranked` for another than the first figure. Their links open the whole page in a tab of its own, because the
whole page may not be framed. They set no cookie and ask not to be found: the page that they lead to is.
"""

from collections.abc import Callable
from functools import wraps

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse

from trade.charts.schema import Figure


def framed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let any site put what a view answers into a frame."""

    @csp_replace({"frame-ancestors": ["*"]})
    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.xframe_options_exempt = True
        return response

    return answer


def still(figure: Figure) -> dict:
    """The figure without addresses, for the script that draws over it: in a frame no whole page may open."""
    series = [one | {"url": None, "points": [_still(point) for point in one["points"]]} for one in figure["series"]]
    return figure | {"categories": [_still(category) for category in figure["categories"]], "series": series}


def _still(part):
    return part | {"url": None} if part.get("url") else part
