"""The columns in which resolutions, measures, caps, announcements and events travel as files (tables.resources)."""

from sanctions.models import Announcement, Cap, Event, Measure, Resolution
from tables.resources import TableResource
from tables.widgets import WholeNumberWidget


class ResolutionResource(TableResource):
    class Meta:
        model = Resolution
        fields = ("number", "adopted", "title", "url", "summary")
        import_id_fields = ("number",)


class MeasureResource(TableResource):
    class Meta:
        model = Measure
        fields = (
            "id",
            "resolution",
            "position",
            "paragraph",
            "direction",
            "category",
            "kind",
            "goods",
            "codes_stated",
            "codes_announced",
            "codes_text",
            "edition",
            "measure",
            "effective_from",
            "grace_until",
            "until",
            "replaced_by",
            "ended_by",
            "wind_down_or_cap",
            "exemptions",
            "basis",
            "checked_on",
            "checked_by",
        )
        import_id_fields = ("id",)


class CapResource(TableResource):
    WIDGETS_MAP = {**TableResource.WIDGETS_MAP, "PositiveBigIntegerField": WholeNumberWidget}

    class Meta:
        model = Cap
        fields = ("id", "measure", "amount", "unit", "tonnes", "period", "since", "until", "basis")
        import_id_fields = ("id",)


class AnnouncementResource(TableResource):
    class Meta:
        model = Announcement
        fields = (
            "id",
            "resolution",
            "paragraph",
            "authority",
            "number",
            "is_number_confirmed",
            "issued",
            "in_force",
            "what",
            "codes_text",
            "grace",
            "source",
            "note",
        )
        import_id_fields = ("id",)


class EventResource(TableResource):
    class Meta:
        model = Event
        fields = (
            "id",
            "date",
            "until",
            "title",
            "text",
            "source",
            "basis",
            "direction",
            "codes_text",
            "provinces",
            "weight",
        )
        import_id_fields = ("id",)
