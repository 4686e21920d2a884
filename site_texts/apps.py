from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteTextsConfig(AppConfig):
    name = "site_texts"
    verbose_name = _("Site texts")
    default_auto_field = "django.db.models.BigAutoField"
