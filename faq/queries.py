"""What pages ask of the questions."""

from django.db import models


class QuestionQuerySet(models.QuerySet):
    def on_page(self, page: str):
        """The published questions under a page, "provinces" or "commodities", those of both pages among them."""
        return self.published().filter(page__in=[page, "both"])

    def published(self):
        """All that readers can see."""
        return self.filter(published=True)
