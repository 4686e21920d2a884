"""Tags that tell machines what a page's figures are (schema.org), how to cite them and where their files are."""

import json

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from trade.bundles import citations, file_types, schema_org, storage
from trade.charts.text import citation_forms
from trade.models import Release

register = template.Library()

ADDRESSES = ("@id", "url", "contentUrl", "isPartOf", "documentation")
# What would end the script element or begin another, as JSON may write it too.
INERT = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
FILES = ("data.csv", "data.json", "data.parquet", "workbook.xlsx")


@register.simple_tag(takes_context=True)
def dataset_json_ld(context, release: Release | None) -> str:
    """Describe a release as its own metadata.json does; nothing where there is none, or it is withdrawn."""
    if not release or release.withdrawn:
        return ""
    periods = [str(year) for year in storage.cube(release)["years"]]
    return _data_block(context, schema_org.schema_org(release, release.files, periods))


@register.simple_tag(takes_context=True)
def view_json_ld(context, payload: dict | None) -> str:
    """Describe what a chart page shows, with the files of this view; the release is the whole of which it is a part."""
    if not payload or "dataset" not in payload or not payload["figures"]:
        return ""
    dataset, release = payload["dataset"], payload["release"]
    described = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": payload["url"],
        "url": payload["url"],
        "name": payload["title"],
        "description": f"{payload['sentence']} {dataset['description']}",
        "version": str(release["number"]),
        "datePublished": release["date"],
        "isAccessibleForFree": True,
        "license": _work(dataset["licence"], dataset["licence_url"]),
        "creator": _organization(dataset["reporter"]),
        "publisher": _organization(citation_forms.PUBLISHER),
        "isBasedOn": _work(dataset["source"], dataset["source_url"]),
        "isPartOf": {"@type": "Dataset", "@id": release["url"], "name": dataset["title"], "url": release["url"]}
        | {"description": dataset["description"], "license": _work(dataset["licence"], dataset["licence_url"])},
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": payload[name]}
            for name, kind in (("csv_url", "text/csv"), ("json_url", "application/json"))
        ],
    }
    return _data_block(context, described)


@register.simple_tag(takes_context=True)
def catalogue_json_ld(context, releases, datasets) -> str:
    """Describe the page of all data as a catalogue: the newest release of each dataset, and those without one."""
    parts = [_listed(release.dataset, release.get_absolute_url(), str(release.number)) for release in releases]
    parts += [_listed(dataset, dataset.get_absolute_url()) for dataset in datasets]
    described = {
        "@context": "https://schema.org/",
        "@type": "DataCatalog",
        "@id": reverse("data"),
        "url": reverse("data"),
        "name": _("Yalu: North Korea’s trade with China"),
        "description": _("Every dataset of the site as a workbook and as CSV, with its source and all its releases."),
        "publisher": _organization(citation_forms.PUBLISHER),
        "dataset": parts,
    }
    return _data_block(context, described)


def _listed(dataset, url, version=""):
    described = {
        "@type": "Dataset",
        "@id": url,
        "url": url,
        "name": dataset.title,
        "description": file_types.summary(dataset),
        "license": _work(dataset.licence, dataset.licence_url),
        "creator": _organization(dataset.reporter),
    }
    return described | ({"version": version} if version else {})


@register.simple_tag(takes_context=True)
def questions_json_ld(context, groups) -> str:
    """Describe questions and their answers, [(heading, questions)]; nothing where there are none."""
    asked = [question for _heading, questions in groups for question in questions]
    described = {
        "@context": "https://schema.org/",
        "@type": "FAQPage",
        "@id": reverse("questions"),
        "url": reverse("questions"),
        "name": _("Questions and answers"),
        "mainEntity": [_question(question) for question in asked],
    }
    return _data_block(context, described) if asked else ""


def _question(question):
    answer = {"@type": "Answer", "text": question.answer, "url": question.get_absolute_url()}
    return {"@type": "Question", "name": question.question, "url": answer["url"], "acceptedAnswer": answer}


@register.simple_tag(takes_context=True)
def resolutions_json_ld(context, measures) -> str:
    """Describe the list of sanctions: the resolutions of these measures, each once; nothing where there are none."""
    resolutions = list({measure.resolution_id: measure.resolution for measure in measures}.values())
    described = {
        "@context": "https://schema.org/",
        "@type": "ItemList",
        "@id": reverse("sanctions"),
        "url": reverse("sanctions"),
        "name": _("UN sanctions on trade with the DPRK"),
        "numberOfItems": len(resolutions),
        "itemListElement": [_resolution(resolution) for resolution in resolutions],
    }
    return _data_block(context, described) if resolutions else ""


@register.simple_tag(takes_context=True)
def resolution_json_ld(context, resolution) -> str:
    """Describe one resolution of the Security Council."""
    return _data_block(context, {"@context": "https://schema.org/"} | _resolution(resolution))


def _resolution(resolution):
    described = {
        "@type": "Legislation",
        "@id": resolution.get_absolute_url(),
        "url": resolution.get_absolute_url(),
        "name": str(resolution),
        "legislationIdentifier": f"S/RES/{resolution.number}",
        "legislationDate": resolution.adopted.isoformat(),
        "legislationPassedBy": _organization(_("United Nations Security Council")),
    }
    more = {"description": resolution.summary, "sameAs": resolution.url}
    return described | {name: value for name, value in more.items() if value}


@register.simple_tag(takes_context=True)
def api_json_ld(context, base: str) -> str:
    """Describe the API at its address."""
    described = {
        "@context": "https://schema.org/",
        "@type": "WebAPI",
        "@id": base,
        "url": base,
        "name": _("Yalu: figures for programs"),
        "description": _("Every figure of this site as JSON or CSV, as it stands now or as it stood at any release."),
        "documentation": reverse("api"),
        "provider": _organization(citation_forms.PUBLISHER),
    }
    return _data_block(context, described)


@register.simple_tag(takes_context=True)
def equivalent(context, payload: dict | None) -> str:
    """The address by which search engines should know a view: the live one, unless its figures are others by now."""
    if not payload or "share" not in payload:
        return _absolute(context, context["request"].path) if "request" in context else ""
    return _absolute(context, payload["url"] if payload["newer"] else payload["share"]["live_url"])


@register.simple_tag(takes_context=True)
def alternates(context, payload: dict | None) -> str:
    """Link a chart page to its data and its drawing, and to the frozen address by which it is cited."""
    if not payload or "dataset" not in payload:
        return ""
    cited = payload["share"]["frozen_url"] if "share" in payload else payload["release"]["url"]
    links = [("cite-as", "", _absolute(context, cited))]
    kinds = {"json_url": "application/json", "csv_url": "text/csv", "svg_url": "image/svg+xml"}
    links += [("alternate", kind, payload[name]) for name, kind in kinds.items()]
    return _links([*links, ("license", "", payload["dataset"]["licence_url"])])


@register.simple_tag(takes_context=True)
def data_links(context, release: Release | None) -> str:
    """Link the page of a dataset or a release to the files, and to the address by which it is cited."""
    if not release or release.withdrawn:
        return ""
    links = [("cite-as", "", _absolute(context, release.get_absolute_url()))]
    names = [file["name"] for file in release.files if file["name"] in FILES]
    links += [("alternate", file_types.media_type(name), citations.address(release, name)) for name in names]
    return _links([*links, ("license", "", release.dataset.licence_url)])


def _links(links):
    rows = ((rel, format_html(' type="{}"', kind) if kind else "", href) for rel, kind, href in links if href)
    return format_html_join("\n  ", '<link rel="{}"{} href="{}">', rows)


def _data_block(context, described):
    """Write JSON-LD into a script element that no browser runs: the security policy lets such data pass."""
    text = json.dumps(_with_whole_addresses(context, described), ensure_ascii=False).translate(INERT)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))


def _with_whole_addresses(context, part, name=""):
    if isinstance(part, dict):
        return {key: _with_whole_addresses(context, value, key) for key, value in part.items()}
    if isinstance(part, list):
        return [_with_whole_addresses(context, value, name) for value in part]
    return _absolute(context, part) if name in ADDRESSES and isinstance(part, str) else part


def _absolute(context, address):
    request = context.get("request")
    return request.build_absolute_uri(address) if request and address.startswith("/") else address


def _work(name, url):
    return {"@type": "CreativeWork", "name": name} | ({"url": url} if url else {})


def _organization(name):
    return {"@type": "Organization", "name": name}
