"""What pages ask of the questions."""

from django.apps import apps
from django.db import models
from django.db.models import Max, OuterRef, Subquery


class QuestionQuerySet(models.QuerySet):
    def on_page(self, page: str):
        """The published questions under a page, "provinces" or "commodities", those of both pages among them."""
        return self.published().filter(page__in=[page, "both"])

    def published(self):
        """All that readers can see."""
        return self.filter(published=True)

    def with_last_edit(self):
        """Each with the hour of its last edit, `edited`, by its history."""
        history = self.model.history.filter(id=OuterRef("pk")).order_by("-history_date")
        return self.annotate(edited=Subquery(history.values("history_date")[:1]))

    def older_than_the_figures(self):
        """Those whose words are older than the newest release, so that figures in them may have changed since."""
        releases = apps.get_model("trade", "Release").objects.filter(withdrawn__isnull=True)
        newest = releases.aggregate(newest=Max("created"))["newest"]
        return self.with_last_edit().filter(edited__lt=newest) if newest else self.none()
