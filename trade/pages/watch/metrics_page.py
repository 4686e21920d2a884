"""All metrics, for a Prometheus that knows METRICS_TOKEN; for all others there is no such page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from web.observed import starting


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with all metrics in the text format of Prometheus; 404 to whoever has not the token of the settings."""
    said = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not constant_time_compare(said, f"Bearer {settings.METRICS_TOKEN}"):
        # Not the site's page: the host of this request was not looked at, and links would be made of it.
        return HttpResponse("not found\n", status=404, content_type="text/plain; charset=utf-8")
    # Neither is imported by a server that counts nothing; both are slow to load.
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

    from trade.pages.watch.gauges import Site

    registry = CollectorRegistry()
    starting.register(registry)
    registry.register(Site())
    return HttpResponse(
        generate_latest(registry), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"}
    )
