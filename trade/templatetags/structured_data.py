"""Tags that tell machines what a page's figures are (schema.org), how to cite them and where their files are."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from site_texts import shown_texts
from trade.bundles import citations, file_types, schema_org, storage
from trade.models import Release
from web.json_ld import data_block, organization, whole_address, work

register = template.Library()
FILES = ("data.csv", "data.json", "data.parquet", "workbook.xlsx")


@register.simple_tag(takes_context=True)
def dataset_json_ld(context, release: Release | None) -> str:
    """Describe a release as its own metadata.json does; nothing where there is none, or it is withdrawn."""
    if not release or release.withdrawn:
        return ""
    periods = [str(year) for year in storage.cube(release)["years"]]
    return data_block(context, schema_org.schema_org(release, release.files, periods))


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
        "license": work(dataset["licence"], dataset["licence_url"]),
        "creator": organization(dataset["reporter"]),
        "publisher": organization(shown_texts.of(context.get("request"))["name"]),
        "isBasedOn": work(dataset["source"], dataset["source_url"]),
        "isPartOf": {"@type": "Dataset", "@id": release["url"], "name": dataset["title"], "url": release["url"]}
        | {"description": dataset["description"], "license": work(dataset["licence"], dataset["licence_url"])},
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": payload[name]}
            for name, kind in (("csv_url", "text/csv"), ("json_url", "application/json"))
        ],
    }
    return data_block(context, described)


@register.simple_tag(takes_context=True)
def catalogue_json_ld(context, releases, datasets) -> str:
    """Describe the page of all data as a catalogue: the newest release of each dataset, and those without one."""
    words = shown_texts.of(context.get("request"))
    parts = [_listed(release.dataset, release.get_absolute_url(), str(release.number)) for release in releases]
    parts += [_listed(dataset, dataset.get_absolute_url()) for dataset in datasets]
    described = {
        "@context": "https://schema.org/",
        "@type": "DataCatalog",
        "@id": reverse("data"),
        "url": reverse("data"),
        "name": f"{words['name']}: {words['tagline']}",
        "description": _("Every dataset on this site as a workbook and as CSV, with its source and all its releases."),
        "publisher": organization(words["name"]),
        "dataset": parts,
    }
    return data_block(context, described)


def _listed(dataset, url, version=""):
    described = {
        "@type": "Dataset",
        "@id": url,
        "url": url,
        "name": dataset.title,
        "description": file_types.summary(dataset),
        "license": work(dataset.licence, dataset.licence_url),
        "creator": organization(dataset.reporter),
    }
    return described | ({"version": version} if version else {})


@register.simple_tag(takes_context=True)
def api_json_ld(context, base: str) -> str:
    """Describe the API at its address."""
    name = shown_texts.of(context.get("request"))["name"]
    described = {
        "@context": "https://schema.org/",
        "@type": "WebAPI",
        "@id": base,
        "url": base,
        "name": f"{name}: {_('API')}",
        "description": _("Every figure on this site as JSON or CSV, from the latest or any earlier release."),
        "documentation": reverse("api"),
        "provider": organization(name),
    }
    return data_block(context, described)


@register.simple_tag(takes_context=True)
def website_json_ld(context) -> str:
    """Describe the site, and how it is searched."""
    words = shown_texts.of(context.get("request"))
    template = whole_address(context, reverse("search")) + "?q={search_term_string}"
    described = {
        "@context": "https://schema.org/",
        "@type": "WebSite",
        "@id": reverse("home"),
        "url": reverse("home"),
        "name": words["name"],
        "alternateName": words["tagline"],
        "potentialAction": {"@type": "SearchAction", "target": {"@type": "EntryPoint", "urlTemplate": template}},
    }
    return data_block(context, described)


@register.simple_tag(takes_context=True)
def equivalent(context, payload: dict | None) -> str:
    """The address by which search engines should know a view: the live one, unless its figures are others by now."""
    if not payload or "share" not in payload:
        return whole_address(context, context["request"].path) if "request" in context else ""
    return whole_address(context, payload["url"] if payload.get("newer") else payload["share"]["live_url"])


@register.simple_tag(takes_context=True)
def alternates(context, payload: dict | None) -> str:
    """Link a chart page to its data and its drawing, and to the frozen address by which it is cited."""
    if not payload or "dataset" not in payload:
        return ""
    cited = payload.get("share", {}).get("frozen_url") or payload["release"]["url"]
    links = [("cite-as", "", whole_address(context, cited))]
    kinds = {"json_url": "application/json", "csv_url": "text/csv", "svg_url": "image/svg+xml"}
    links += [("alternate", kind, payload[name]) for name, kind in kinds.items()]
    return _links([*links, ("license", "", payload["dataset"]["licence_url"])])


@register.simple_tag(takes_context=True)
def data_links(context, release: Release | None) -> str:
    """Link the page of a dataset or a release to the files, and to the address by which it is cited."""
    if not release or release.withdrawn:
        return ""
    links = [("cite-as", "", whole_address(context, release.get_absolute_url()))]
    names = [file["name"] for file in release.files if file["name"] in FILES]
    links += [("alternate", file_types.media_type(name), citations.address(release, name)) for name in names]
    return _links([*links, ("license", "", release.dataset.licence_url)])


def _links(links):
    rows = ((rel, format_html(' type="{}"', kind) if kind else "", href) for rel, kind, href in links if href)
    return format_html_join("\n  ", '<link rel="{}"{} href="{}">', rows)
