"""Describes a dataset, a release and what it holds, as every file and page names them."""

from copy import copy

from trade.bundles import storage
from trade.models import Chapter, Commodity, Dataset, Province, Release, Section

FACTS = ("title", "description", "partner", "reporter", "source", "source_url", "licence", "licence_url")
FACTS += ("estimate_method", "estimate_kind", "is_demonstration")


def facts(dataset: Dataset) -> dict:
    """Describe a dataset as every file and page does: {"slug": "china-provinces", "partner": "China", …}."""
    basis = {"to_dprk": dataset.basis_to_dprk, "from_dprk": dataset.basis_from_dprk}
    return {name: getattr(dataset, name) for name in ("slug", "kind", *FACTS)} | {"basis": basis}


def release_facts(release: Release) -> dict:
    """Describe a release: {"number": 2, "date": "2026-11-21", "kind": "scheduled", "note": "…"}."""
    return {
        "number": release.number,
        "date": release.created.date().isoformat(),
        "kind": release.kind,
        "note": release.note,
    }


def labels(dataset: Dataset, frame):
    """Name what the frame holds: a list of provinces, or sections, chapters and the commodities that occur."""
    if dataset.kind == Dataset.Kind.TOTAL:
        return None
    if dataset.kind == Dataset.Kind.PROVINCE:
        return [
            {"code": p.code, "slug": p.slug, "name": p.name_en, "name_zh": p.name_zh, "name_ko": p.name_ko}
            for p in Province.objects.all()
        ]
    used = [code for code in frame["key"].unique() if len(code) > 2]
    commodities = Commodity.objects.filter(code__in=_with_headings(used)).values("code", "title", "short_title")
    return {
        "sections": [
            {"number": s.number, "slug": s.slug, "title": s.title, "short_title": s.short_title}
            for s in Section.objects.all()
        ],
        "chapters": [
            {"code": c.code, "section": c.section_id, "title": c.title, "short_title": c.short_title}
            for c in Chapter.objects.all()
        ],
        "commodities": {row.pop("code"): row for row in commodities},
    }


def _with_headings(codes):
    return sorted(set(codes) | {code[:4] for code in codes})


def as_released(release: Release) -> Release:
    """Give a release its dataset as the files of the release describe it: what is edited shows with the next one.

    Where they cannot be read (it was withdrawn, or the storage is away), it is described as it is now.
    """
    if release.withdrawn or not release.bundle:
        return release
    try:
        told, dataset = storage.cube(release)["dataset"], copy(release.dataset)
    except storage.StorageAway:
        return release
    for name in FACTS:
        setattr(dataset, name, told.get(name, getattr(dataset, name)))
    dataset.basis_to_dprk, dataset.basis_from_dprk = told["basis"]["to_dprk"], told["basis"]["from_dprk"]
    release.dataset = dataset
    return release
