"""The columns in which questions, resolutions and measures travel as files (config.tables)."""

from config.tables import TableResource
from faq.models import Measure, Question, Resolution


class QuestionResource(TableResource):
    class Meta:
        model = Question
        fields = ("slug", "page", "position", "published", "question", "answer")
        import_id_fields = ("slug",)


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
            "wind_down_or_cap",
            "exemptions",
            "basis",
        )
        import_id_fields = ("id",)
