"""All metrics, for a Prometheus that knows METRICS_TOKEN; for all others there is no such page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from web.observed import starting


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with all metrics in the text format of Prometheus.

    Raises: Http404 where the token is not the one of the settings, or these have none.
    """
    said = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not constant_time_compare(said, f"Bearer {settings.METRICS_TOKEN}"):
        raise Http404
    # Neither is imported by a server that counts nothing; both are slow to load.
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

    from trade.pages.watch.gauges import Site

    registry = CollectorRegistry()
    starting.register(registry)
    registry.register(Site())
    return HttpResponse(
        generate_latest(registry), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"}
    )
