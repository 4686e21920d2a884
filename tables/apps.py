from django.apps import AppConfig


class TablesConfig(AppConfig):
    """Import, export and editing of small tables; its one model says whose form is open."""

    name = "tables"
    default_auto_field = "django.db.models.BigAutoField"
