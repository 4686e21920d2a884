"""Drafts of entries: one for each published entry at the most, and any number of new ones."""

from datetime import datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

HELD = "held_draft"  # the field of a form that names the draft which it shows; a kept form (tables.kept_forms) keeps it


class DraftQuerySet(models.QuerySet):
    def of(self, model: type[models.Model], pk: object = None):
        """The drafts of a model, or the one of an entry: Draft.objects.of(Question, 3)."""
        found = self.filter(content_type=ContentType.objects.get_for_model(model))
        return found if pk is None else found.filter(object_pk=str(pk))

    def due(self, now: datetime):
        """Those whose hour has come, the earliest first."""
        return self.filter(publish_at__lte=now).order_by("publish_at", "pk")


class Draft(models.Model):
    """What an editor wrote in the form of an entry, and when it is to become public."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name=_("kind"))
    object_pk = models.CharField(_("key of the entry"), max_length=64, blank=True, help_text=_("Blank for a new one."))
    title = models.CharField(_("title"), max_length=200, blank=True)
    contents = models.JSONField(_("contents"), help_text=_("The form: {name: [values]}."))
    mark = models.CharField(_("mark of what was published then"), max_length=64, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("saved by")
    )
    saved = models.DateTimeField(_("saved"))
    publish_at = models.DateTimeField(_("publish on"), null=True, blank=True, db_index=True)
    publisher = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("hour set by")
    )
    fault = models.TextField(_("why it was not published at its hour"), blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-saved"]
        verbose_name = _("draft")
        default_permissions = ()  # whoever may write an entry may write its draft
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_pk"], condition=~models.Q(object_pk=""), name="one_draft_of_an_entry"
            )
        ]

    def __str__(self):
        return self.title or str(_("untitled"))

    @property
    def version(self) -> str:
        """Tell one saving of a draft from the next: "12 2026-11-28T00:15:04.123456+00:00"."""
        return f"{self.pk} {self.saved.isoformat()}"

    @property
    def form_data(self) -> QueryDict:
        """The form as a browser would send it."""
        data = QueryDict(mutable=True)
        for name, values in self.contents.items():
            data.setlist(name, values)
        return data


def contents_of(data: QueryDict) -> dict[str, list[str]]:
    """What a form holds, without the names of buttons and tokens: {"question": ["Why?"], "page": ["both"]}."""
    return {name: values for name, values in data.lists() if not name.startswith("_") and name != "csrfmiddlewaretoken"}
