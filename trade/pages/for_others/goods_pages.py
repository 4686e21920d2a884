"""What `sanctions` may ask of goods: settings.PROVIDERS names this module, so that `sanctions` need not import it."""

from django.db.models import Q

from trade.bundles import storage
from trade.models import Commodity, Dataset, Section, names_of
from trade.pages.preview import offered


def slugs() -> frozenset[str]:
    """The goods that have a page in the dataset with which pages of goods open, {"v", "27", "2701", …}; one query."""
    releases = offered.newest_ones(Dataset.Kind.COMMODITY)
    try:
        return frozenset(storage.cube(releases[0])["nodes"]) if releases else frozenset()
    except storage.StorageAway:
        return frozenset()


def names(codes: list[str]) -> dict[str, str]:
    """The short titles of chapters, headings and subheadings, {"2701": "Anthracite and other coal"}; one query."""
    return names_of(Dataset.Kind.COMMODITY, codes)


def sections() -> list[dict]:
    """All sections: [{"slug": "v", "name": "Mineral products", "chapters": ["25", "26", "27"]}, …]; two queries."""
    found = Section.objects.prefetch_related("chapters")
    return [
        {"slug": one.slug, "name": one.short_title, "chapters": [chapter.code for chapter in one.chapters.all()]}
        for one in found
    ]


def titled(words: list[str], most: int = 200) -> list[dict]:
    """The headings and subheadings of whose titles each word is a part, [{"code", "name", "title"}]; one query."""
    found = Commodity.objects.all()
    for word in words:
        found = found.filter(Q(title__icontains=word) | Q(short_title__icontains=word))
    rows = found.values_list("code", "short_title", "title")[:most]
    return [dict(zip(("code", "name", "title"), row, strict=True)) for row in rows]
