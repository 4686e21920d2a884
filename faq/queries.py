"""What pages ask of the questions."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Subquery, Value, When

# The pages of charts, and how a question names those that it stands on.
PAGES = {
    "totals": ("totals", "all"),
    "provinces": ("provinces", "both", "all"),
    "commodities": ("commodities", "both", "all"),
}
OF_ITS_DATASET, GENERAL = 10, 20  # how well a question fits; below stand those of the page's own thing, from 0


class QuestionQuerySet(models.QuerySet):
    def on_page(self, page: str):
        """The published questions of a kind of page, "totals", "provinces" or "commodities"."""
        return self.published().filter(page__in=PAGES[page])

    def published(self):
        """All that readers can see."""
        return self.filter(state="published")

    def archived(self):
        """Those that were published once, and whose addresses say so."""
        return self.filter(state="archived")

    def fitting(self, page: str, keys: Sequence[str], dataset: str):
        """The published questions of one page, the one that fits best first.

        `keys` are the page's thing and those above it, ["2701", "27", "v"]; none on a page of all. A question about
        things stands on the pages of those and of what lies below them, one about datasets where they are shown. One
        about chapter 27 that also names headings of it is about those: it does not stand on its other headings.
        """
        subjects = self.model._meta.get_field("subjects").related_model.objects.filter(question=OuterRef("pk"))
        things, datasets = subjects.filter(kind="thing"), subjects.filter(kind="dataset")
        found = self.on_page(page).annotate(
            of_thing=_nearest(things, keys), of_dataset=Exists(datasets.filter(key=dataset))
        )
        found = found.filter(Q(of_dataset=True) | ~Exists(datasets))
        if keys:
            found = found.filter(Q(of_thing__isnull=False) | ~Exists(things))
        fit = Case(
            When(of_thing__isnull=False, then="of_thing"),
            When(of_dataset=True, then=Value(OF_ITS_DATASET)),
            default=Value(GENERAL),
        )
        return found.annotate(fit=fit).order_by("fit", "position", "slug")


def _nearest(things, keys):
    """The place in `keys` of the first that a question is about: 0 for the page's own, or null."""
    if not keys:
        return Value(None, output_field=IntegerField())
    for above in filter(str.isdecimal, keys[1:]):
        beside = things.model.objects.filter(question=OuterRef("question"), kind="thing", key__startswith=above)
        things = things.exclude(Q(Exists(beside.exclude(key__in=keys))), key=above)
    rank = Case(*[When(key=key, then=Value(place)) for place, key in enumerate(keys)], default=Value(len(keys)))
    return Subquery(things.filter(key__in=keys).annotate(rank=rank).order_by("rank").values("rank")[:1])
