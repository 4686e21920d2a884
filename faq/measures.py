"""What charts may know of the sanctions: settings.CHART_EVENTS names this, so that `trade` need not import `faq`."""

from faq.models import Measure


def events() -> list[dict]:
    """List what charts mark on their time axis, one event a measure on goods (MeasureQuerySet.events); one query."""
    return Measure.objects.events()
