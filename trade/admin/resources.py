"""The columns of the files in which provinces, sections, chapters, headings and aliases are imported and exported."""

from django.core.exceptions import ValidationError

from tables.resources import TableResource
from trade.models import Alias, Chapter, Commodity, Province, Section
from trade.reference.vocabulary import clash


class ProvinceResource(TableResource):
    class Meta:
        model = Province
        fields = ("code", "gb_code", "gacc_code", "name_en", "name_zh", "name_ko", "kind", "note")
        import_id_fields = ("code",)


class SectionResource(TableResource):
    class Meta:
        model = Section
        fields = ("number", "position", "title", "short_title")
        import_id_fields = ("number",)


class ChapterResource(TableResource):
    class Meta:
        model = Chapter
        fields = ("code", "section", "title", "short_title")
        import_id_fields = ("code",)


class CommodityResource(TableResource):
    class Meta:
        model = Commodity
        fields = ("code", "chapter", "title", "short_title")
        import_id_fields = ("code",)


class AliasResource(TableResource):
    class Meta:
        model = Alias
        fields = ("name", "province", "chapter")
        import_id_fields = ("name",)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Refuse a spelling that already means something else, as the admin's form does."""
        super().validate_instance(instance, import_validation_errors, validate_unique)
        if fault := clash(instance):
            raise ValidationError({"name": fault})
