"""The columns in which resolutions, measures and events travel as files (tables.resources)."""

from sanctions.models import Event, Measure, Resolution
from tables.resources import TableResource


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
            "codes_text",
            "measure",
            "effective_from",
            "until",
            "replaced_by",
            "ended_by",
            "wind_down_or_cap",
            "exemptions",
            "basis",
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
