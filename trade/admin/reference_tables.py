"""The admin of what observations refer to: places, goods, other spellings, notes.

Keys cannot be changed after creation, and what observations or uploads refer to cannot be deleted. Datasets are in
trade.admin.dataset_pages, uploads in trade.admin.upload_pages, releases and observations in trade.admin.release_pages.
"""

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from drafts.drafted_admin import DraftedAdmin
from tables.admin import TableAdmin
from tables.editing import EditedByMany
from tables.history import WithHistory
from tables.word_fields import WithWordFields
from trade.admin import resources
from trade.models import (
    Alias,
    Annotation,
    Chapter,
    Commodity,
    CommodityObservation,
    Province,
    ProvinceObservation,
    Section,
)
from trade.reference.vocabulary import clash

admin.site.index_title = _("Editors’ desk")
admin.site.enable_nav_sidebar = False  # some forty links stood before the first field of each form


class Named(EditedByMany, admin.ModelAdmin):
    """Rows that others refer to by their key: it is set once, and a row in use stays."""

    key_fields = ()

    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), *(self.key_fields if obj else ()))

    def get_actions(self, request):
        """Offer no deletion of many at once: Django would read every observation that stands in the way."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or not self.in_use(obj))

    def in_use(self, obj) -> bool:
        """Tell whether anything refers to the row; where a table does not say, it is kept."""
        return True


class AliasForm(forms.ModelForm):
    class Meta:
        model = Alias
        fields = ["name", "province", "chapter"]

    def clean(self):
        cleaned = super().clean()
        alias = Alias(pk=self.instance.pk, name=cleaned.get("name", ""))
        alias.province, alias.chapter = self._owner("province"), self._owner("chapter")
        if alias.name and bool(alias.province) != bool(alias.chapter) and (fault := clash(alias)):
            self.add_error("name", fault)
        return cleaned

    def _owner(self, name):
        """Whose alias it is: as the form says, or the row under which the form stands."""
        return self.cleaned_data.get(name) or getattr(self.instance, name)


class AliasInline(admin.StackedInline):
    model = Alias
    form = AliasForm
    fields = ["name"]
    extra = 1
    verbose_name_plural = _("alternative spellings in files")


@admin.register(Province)
class ProvinceAdmin(TableAdmin, Named):
    resource_classes = [resources.ProvinceResource]
    key_fields = ("code",)
    list_display = ["name_en", "code", "name_zh", "name_ko", "gb_code", "gacc_code", "kind"]
    list_filter = ["kind"]
    search_fields = ["name_en", "name_zh", "name_ko", "=code", "=gb_code", "=gacc_code", "aliases__name"]
    search_help_text = _("Search by name (in any of the three scripts), alternative spelling or code.")
    ordering = ["gb_code"]
    inlines = [AliasInline]
    fieldsets = [
        (None, {"fields": ["code", "kind", "note"]}),
        (_("Names"), {"fields": ["name_en", "name_zh", "name_ko"]}),
        (_("Codes in other classifications"), {"fields": ["gb_code", "gacc_code"]}),
    ]

    def in_use(self, obj):
        return ProvinceObservation.objects.filter(province=obj).exists()


class ChapterInline(admin.StackedInline):
    model = Chapter
    fields = ["code", "short_title", "title"]
    readonly_fields = ["code", "title"]
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(Section)
class SectionAdmin(TableAdmin, Named):
    resource_classes = [resources.SectionResource]
    key_fields = ("number",)
    list_display = ["number", "short_title", "title", "chapter_count"]
    search_fields = ["=number", "title", "short_title"]
    inlines = [ChapterInline]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(chapter_count=Count("chapters"))

    @admin.display(description=_("chapters"), ordering="chapter_count")
    def chapter_count(self, section):
        return section.chapter_count

    def in_use(self, obj):
        return obj.chapters.exists()


@admin.register(Chapter)
class ChapterAdmin(TableAdmin, Named):
    resource_classes = [resources.ChapterResource]
    key_fields = ("code",)
    list_display = ["code", "short_title", "title", "section"]
    list_filter = ["section"]
    list_select_related = ["section"]
    search_fields = ["=code", "title", "short_title", "aliases__name"]
    search_help_text = _("Search by code, title or alternative spelling.")
    inlines = [AliasInline]

    def in_use(self, obj):
        return (
            CommodityObservation.objects.filter(chapter=obj).exists()
            or obj.commodities.exists()
            or obj.measure_codes.exists()
        )


@admin.register(Commodity)
class CommodityAdmin(TableAdmin, Named):
    resource_classes = [resources.CommodityResource]
    key_fields = ("code",)
    list_display = ["code", "short_title", "title", "chapter"]
    list_filter = [("chapter__section", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["chapter"]
    search_fields = ["^code", "title", "short_title"]
    search_help_text = _("Search by first digits of a code or words in a title.")

    def in_use(self, obj):
        return CommodityObservation.objects.filter(chapter=obj.chapter_id, code=obj.code).exists()


class AliasOf(admin.SimpleListFilter):
    title = _("alias for")
    parameter_name = "of"

    def lookups(self, request, model_admin):
        return [("province", _("a province")), ("chapter", _("a chapter"))]

    def queryset(self, request, queryset):
        return queryset.exclude(**{self.value(): None}) if self.value() in ("province", "chapter") else queryset


@admin.register(Alias)
class AliasAdmin(EditedByMany, TableAdmin, admin.ModelAdmin):
    resource_classes = [resources.AliasResource]
    form = AliasForm
    list_display = ["name", "meaning"]
    list_filter = [AliasOf]
    list_select_related = ["province", "chapter"]
    search_fields = ["name", "province__name_en", "chapter__code", "chapter__short_title"]
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "province", "chapter"],
                "description": _(
                    "Capitals, spaces, full stops and words such as “Province” or “A.R.” are ignored: “INNER "
                    "MONGOLIA A.R.” matches “Inner Mongolia” without an alias."
                ),
            },
        )
    ]

    @admin.display(description=_("refers to"))
    def meaning(self, alias):
        return alias.province or alias.chapter


@admin.register(Annotation)
class AnnotationAdmin(EditedByMany, WithWordFields, DraftedAdmin, WithHistory):
    list_display = ["text", "dataset", "province", "code", "year", "created"]
    list_filter = ["dataset", "year"]
    list_select_related = ["dataset", "province"]
    search_fields = ["text", "=code", "province__name_en"]
    fieldsets = [
        (None, {"fields": ["text", "dataset"]}),
        (
            _("Subject"),
            {
                "fields": ["province", "code", "year"],
                "description": _("Optional. If none is chosen, the note applies to the whole dataset."),
            },
        ),
    ]

    def public_address(self, annotation):
        """Charts mark notes: those on a province its own, the others the charts of their dataset."""
        if annotation.province_id:
            return f"{reverse('province', args=[annotation.province_id.lower()])}?dataset={annotation.dataset_id}"
        page = {"province": "provinces", "commodity": "commodities", "total": "totals"}[annotation.dataset.kind]
        return f"{reverse(page)}?dataset={annotation.dataset_id}"
