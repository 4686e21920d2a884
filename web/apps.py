from django.apps import AppConfig
from django.core import checks


class WebConfig(AppConfig):
    """The bytes on the wire; it has no models."""

    name = "web"

    def ready(self):
        from web import deployment_checks  # settings are ready only now

        for check in deployment_checks.CHECKS:
            checks.register(check, checks.Tags.security, deploy=True)
