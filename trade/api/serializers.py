"""Turns models and rows into the answers that trade.api.schemas describes."""

from django.http import HttpRequest
from django.urls import reverse

from trade import time_period
from trade.api import queries
from trade.bundles.facts import as_released
from trade.models import Dataset, Release, names_of
from web import site_address

NO_LICENCE = "Facts; the site states no licence for its words."


def about(request: HttpRequest, dataset: Dataset, release: Release | None) -> dict:
    """Describe a dataset’s figures, as their release does: {"demonstration": True, "source": "…", …}."""
    dataset = as_released(release).dataset if release else dataset
    return {
        "demonstration": dataset.is_demonstration,
        "source": dataset.source,
        "source_url": dataset.source_url,
        "licence": dataset.licence,
        "licence_url": dataset.licence_url,
        "dataset": dataset.slug,
        "release": release and release_name(request, release),
    }


def about_words(source: str) -> dict:
    """Describe in the same way what editors write, which is of no dataset."""
    return {
        "demonstration": False,
        "source": source,
        "source_url": "",
        "licence": NO_LICENCE,
        "licence_url": "",
        "dataset": None,
        "release": None,
    }


def release_name(request: HttpRequest, release: Release) -> dict:
    return {
        "number": release.number,
        "date": release.created.date(),
        "kind": release.kind,
        "note": "" if release.withdrawn else release.note,
        "url": site_address.whole(request, release.get_absolute_url()),
    }


def dataset(request: HttpRequest, dataset: Dataset, newest: Release | None) -> dict:
    dataset = as_released(newest).dataset if newest else dataset
    plain = ("slug", "kind", "title", "description", "partner", "reporter", "estimate_method", "hs_edition", "state")
    own = site_address.whole(request, reverse("api-1:dataset", args=[dataset.slug]))
    return {name: getattr(dataset, name) for name in plain} | {
        "about": about(request, dataset, newest),
        "basis": {"to_dprk": dataset.basis_to_dprk, "from_dprk": dataset.basis_from_dprk},
        "unit": "US dollars, current prices",
        "next_release_on": None if dataset.is_closed else dataset.next_release_on,
        "url": site_address.whole(request, dataset.get_absolute_url()),
        "releases_url": f"{own}/releases",
        "observations_url": f"{own}/observations",
    }


def release(request: HttpRequest, release: Release) -> dict:
    url = site_address.whole(request, release.get_absolute_url())
    return {
        "number": release.number,
        "released": release.created,
        "kind": release.kind,
        "note": "" if release.withdrawn else release.note,
        "reverts_to": release.reverts_to and release.reverts_to.number,
        "withdrawn": release.withdrawn,
        "withdrawal_reason": release.withdrawal_reason or None,
        "withdraws": release.withdraws and release.withdraws.number,
        "rebuilt": release.rebuilt,
        "counts": {} if release.withdrawn else release.counts,
        "files": [] if release.withdrawn else [file | {"url": url + file["name"]} for file in release.files],
        "url": url,
    }


def observations(dataset: Dataset, rows: list[queries.Row]) -> list[dict]:
    """Answer rows of queries.page."""
    names = names_of(dataset.kind, {key for (key, *_others), _facts in rows}, official=True)
    return [_cell(dataset, names, row.place) | _facts(row.facts) for row in rows]


def changes(dataset: Dataset, rows: list[dict]) -> list[dict]:
    """Answer cells of queries.changed."""
    key, *_others = columns = queries.place_names(dataset)
    names, facts = names_of(dataset.kind, {row[key] for row in rows}, official=True), queries.facts_of(dataset)
    kinds = {(0, 1): "new", (1, 1): "changed", (1, 0): "removed"}
    return [
        {"change": kinds[row["was"], row["is_now"]]}
        | _cell(dataset, names, [row[column] for column in columns])
        | {
            "old": _facts({name: row[f"old_{name}"] for name in facts}) if row["was"] else None,
            "new": _facts({name: row[f"new_{name}"] for name in facts}) if row["is_now"] else None,
        }
        for row in rows
    ]


def _cell(dataset, names, place):
    key, flow, year, month, component = place
    column = queries.key_of(dataset)
    return {
        "province": key if column == "province" else None,
        "code": key if column == "code" else None,
        "name": names.get(key) if column else None,
        "flow": flow,
        "year": year,
        "month": month or None,
        "period": time_period.written(year, month),
        "component": component,
    }


def _facts(facts):
    """A blank text is null, as a blank value is."""
    return {
        "value_usd": facts["value_usd"],
        "status": facts["status"],
        "note": facts["note"] or None,
        "quantity": facts.get("quantity"),
        "quantity_unit": facts.get("quantity_unit") or None,
        "publisher": facts.get("publisher") or None,
        "source": facts.get("source") or None,
        "precision_usd": facts.get("precision_usd"),
    }


def measure(request: HttpRequest, measure) -> dict:
    """Answer a measure of sanctions.models, its codes and resolution at hand."""
    plain = ("paragraph", "direction", "category", "kind", "goods", "codes_are_a_reading", "measure", "effective_from")
    plain += ("until", "wind_down_or_cap", "exemptions", "checked", "checked_on", "caution", "sources", "edition")
    plain += ("grace_until",)
    cap_facts = ("amount", "unit", "tonnes", "period", "since", "until")
    return {name: getattr(measure, name) for name in plain} | {
        "resolution": measure.resolution_id,
        "resolution_title": measure.resolution.title,
        "adopted": measure.resolution.adopted,
        "codes": [
            {"code": code.digits, "partial": code.partial, "named_in": code.named_in} for code in measure.codes.all()
        ],
        "caps": [
            {name: getattr(cap, name) for name in cap_facts} | {"tonnes": cap.in_tonnes, "checked": cap.is_checked}
            for cap in measure.caps.all()
        ],
        "replaced_by": measure.successor and site_address.whole(request, measure.successor.get_absolute_url()),
        "url": site_address.whole(request, measure.get_absolute_url()),
    }


def result(request: HttpRequest, found) -> dict:
    """Describe what was found (schemas.Result)."""
    shown = {name: getattr(found, name) for name in ("kind", "title", "text")}
    url = site_address.whole(request, found.url)
    return shown | {"code": found.code or None, "name": found.name or None, "url": url}


def applies(request: HttpRequest, found: dict) -> dict:
    """Answer what applies to goods, as the provider of sanctions gives it, with whole addresses."""
    rules = [rule | {"url": site_address.whole(request, rule["url"])} for rule in found["rules"]]
    return found | {"rules": rules}


def question(request: HttpRequest, question) -> dict:
    """Answer a question of faq.models, its live figures as the values that they have now."""
    return {
        "slug": question.slug,
        "page": question.page,
        "about": question.about,
        "question": question.question,
        "answer_markdown": question.shown,
        "reviewed_on": question.reviewed_on,
        "url": site_address.whole(request, question.get_absolute_url()),
    }
