"""Describes a dataset, a release and what it holds, as every file and page names them."""

from copy import copy

from django.utils.translation import gettext as _

from trade.bundles import storage
from trade.models import Chapter, Commodity, Dataset, Province, Release, Section

FACTS = ("title", "description", "partner", "reporter", "source", "source_url", "licence", "licence_url")
FACTS += ("hs_edition", "estimate_method", "estimate_kind", "is_demonstration")
FIELDS = (*FACTS, "basis_to_dprk", "basis_from_dprk")  # of a dataset, whatever a release says of it


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
    """Give a release its dataset as it was described when it was released; releases say so themselves, or their files.

    Where they cannot be read (it was withdrawn, or the storage is away), it is described as it is now.
    """
    if release.withdrawn or not release.bundle:
        return release
    try:
        release.dataset = described(release.dataset, release.facts or storage.cube(release)["dataset"])
    except storage.StorageAway:
        return release
    return release


def told_anew(release: Release) -> list[dict]:
    """List what a change of description changed, one query: [{"label": "licence", "old": "…", "new": "CC BY 4.0"}].

    It is held against the release before it that readers may still see; there may be none.
    """
    if release.kind != Release.Kind.DESCRIPTION or release.withdrawn:
        return []
    earlier = Release.objects.filter(dataset=release.dataset_id, number__lt=release.number, withdrawn=None)
    before = earlier.select_related("dataset").order_by("-number").first()
    return differences(as_released(before).dataset, as_released(release).dataset) if before else []


def as_told(release: Release) -> Release:
    """Give a release its dataset as the release itself describes it: no file is opened for it, as as_released does."""
    if release.facts and not release.withdrawn:
        release.dataset = described(release.dataset, release.facts)
    return release


def differences(old: Dataset, new: Dataset) -> list[dict]:
    """List what two descriptions of a dataset say differently: [{"label": "licence", "old": "…", "new": "…"}]."""
    return [
        {"label": Dataset._meta.get_field(name).verbose_name, "old": _in_words(old, name), "new": _in_words(new, name)}
        for name in FIELDS
        if getattr(old, name) != getattr(new, name)
    ]


def _in_words(dataset, name):
    if name in ("estimate_kind", "hs_edition"):
        return getattr(dataset, f"get_{name}_display")()
    value = getattr(dataset, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value


def described(dataset: Dataset, told: dict) -> Dataset:
    """Copy a dataset, described as `facts` once described it."""
    dataset = copy(dataset)
    for name in FACTS:
        setattr(dataset, name, told.get(name, getattr(dataset, name)))
    dataset.basis_to_dprk, dataset.basis_from_dprk = told["basis"]["to_dprk"], told["basis"]["from_dprk"]
    return dataset
