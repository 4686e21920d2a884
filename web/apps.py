from django.apps import AppConfig
from django.conf import settings
from django.core import checks


class WebConfig(AppConfig):
    """The bytes on the wire; it has no models."""

    name = "web"

    def ready(self):
        from web import deployment_checks  # settings are ready only now
        from web.logs import error_reports, task_lines  # noqa: F401  (what tasks tell is listened to from now on)

        for check in deployment_checks.CHECKS:
            checks.register(check, checks.Tags.security, deploy=True)
        if settings.SENTRY_DSN:
            error_reports.start(settings.SENTRY_DSN, settings.SENTRY_ENVIRONMENT)
