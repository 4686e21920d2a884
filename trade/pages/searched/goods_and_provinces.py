"""What `search` finds of provinces and goods, in the form of search/index.py.

A code of which no dataset holds trade has no page of its own: it leads to the heading or the chapter that it is in.
"""

from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from trade.bundles import storage
from trade.models import Alias, Commodity, Dataset, Province, Release, Section
from web.unavailable import StorageAway

DEEPER = {4: "heading", 6: "subheading"}
WEIGHTS = {"section": 92, "chapter": 98, "heading": 100, "subheading": 50}


def lasting_search_entries() -> Iterator[dict]:
    """Provinces, sections, chapters, headings and subheadings; six queries."""
    spellings = _spellings()
    for province in Province.objects.all():
        yield _province(province, spellings[province.code])
    pages = _codes_with_pages()
    sections = Section.objects.prefetch_related("chapters")
    yield from (_section(section) for section in sections)
    for section in sections:
        yield from (_chapter(chapter, spellings[chapter.code]) for chapter in section.chapters.all())
    named = {chapter.code: str(chapter) for section in sections for chapter in section.chapters.all()}
    goods = list(Commodity.objects.all())
    named |= {good.code: str(good) for good in goods}
    yield from (_good(good, pages, named) for good in goods)


def _spellings():
    """What editors wrote as other names: {"CN-LN": ["遼寧", …], "03": ["Seafood"], …}."""
    found = defaultdict(list)
    for name, province, chapter in Alias.objects.values_list("name", "province", "chapter"):
        found[province or chapter].append(name)
    return found


def _codes_with_pages():
    """The codes of the dataset with which the page of goods opens; None while there is none.

    While its files cannot be read, no code deeper than a chapter is said to have a page.
    """
    release = Release.objects.newest_by_dataset().default_first().filter(dataset__kind=Dataset.Kind.COMMODITY).first()
    try:
        return set(storage.cube(release)["nodes"]) if release else None
    except StorageAway:
        return set()


def _province(province, spellings):
    return {
        "key": province.code,
        "kind": "province",
        "code": province.code,
        "title": province.name_en,
        "url": province.get_absolute_url(),
        "text": " · ".join(filter(None, [province.name_zh, province.name_ko, province.note])),
        "names": [province.name_zh, province.name_ko, *spellings],
        "said": f"province place {province.kind}",
    }


def _section(section):
    return {
        "key": f"section-{section.number}",
        "kind": "section",
        "code": section.number,
        "title": section.short_title,
        "url": section.get_absolute_url(),
        "text": section.title,
        "said": "section",
        "weight": WEIGHTS["section"],
    }


def _chapter(chapter, spellings):
    return {
        "key": f"chapter-{chapter.code}",
        "kind": "chapter",
        "code": chapter.code,
        "title": chapter.short_title,
        "url": chapter.get_absolute_url(),
        "text": chapter.title,
        "names": spellings,
        "said": "chapter",
        "weight": WEIGHTS["chapter"],
    }


def _good(good, pages, named):
    """A heading or subheading, and the page where its trade is shown."""
    kind, page = DEEPER[len(good.code)], _page(good.code, pages)
    within = "" if page == good.code else _("Included in %s") % named[page]
    return {
        "key": f"{kind}-{good.code}",
        "kind": kind,
        "code": good.code,
        "title": good.short_title or good.title,
        "url": reverse("commodity", args=[page]),
        "text": within or good.title,
        "words": good.title,
        "said": kind,
        "weight": WEIGHTS[kind] - (6 if within else 0),
    }


def _page(code, pages):
    above = [code[:size] for size in (6, 4) if size <= len(code)]
    return next((one for one in above if pages is None or one in pages), code[:2])
