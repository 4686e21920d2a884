"""Describes a release to programs and to people: datapackage.json, metadata.json and README.md.

Standards: Frictionless Data Package v2 (datapackage.org), schema.org Dataset. A file is described as
{"name": "data.csv", "size": 51234, "sha256": "…"}.
"""

import pyarrow as pa
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _

from trade.bundles import citations, data_dictionary
from trade.charts.text import citation_forms
from trade.models import Dataset, Release

PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "md": "text/markdown",
    "parquet": "application/vnd.apache.parquet",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def media_type(name: str) -> str:
    """Tell what kind of file it is: "data.csv" -> "text/csv", "SHA256SUMS" -> "text/plain"."""
    return MEDIA_TYPES.get(name.rpartition(".")[2], "text/plain")


def purpose(release: Release, name: str) -> str:
    """Say what a file of a bundle is for."""
    if name == archive_name(release):
        return _("All files of this release in one archive.")
    purposes = {
        "workbook.xlsx": _("The workbook: both flows in wide form, all values in long form, notes, charts, sanctions."),
        "data.csv": _("Every value, one row a cell, with its status, estimate and note. UTF-8 with a byte order mark."),
        "data.parquet": _("The same rows as data.csv, typed, for programs."),
        "data.json": _("The same rows as data.csv, as JSON."),
        "changes.csv": _("What this release changed: every cell with its old and its new value."),
        "chart.json": _("The sums by year that the charts of the site draw."),
        "chart-to_dprk.svg": _("A chart of the flow to the DPRK."),
        "chart-from_dprk.svg": _("A chart of the flow from the DPRK."),
        "datapackage.json": _("A description for programs: Frictionless Data Package v2."),
        "metadata.json": _("A description for search engines: schema.org Dataset."),
        "README.md": _("A description for people."),
        "SHA256SUMS": _("The checksums of the other files."),
    }
    return purposes.get(name, "")


def archive_name(release: Release) -> str:
    """Name the archive of a release: "china-provinces-2.zip"."""
    return f"{release.dataset_id}-{release.number}.zip"


def summary(dataset: Dataset) -> str:
    """Describe a dataset in a paragraph, beginning with what nobody may overlook."""
    if not dataset.is_demonstration:
        return dataset.description
    return _("DEMONSTRATION: these figures are invented. Do not cite them. %s") % dataset.description


# --- datapackage.json ----------------------------------------------------------------------------------------------

# Files that tools for data packages can open by themselves are its resources. Of the others a validator would need a
# library for each, so they are listed beside them, with their hashes too.
TABLES = {"data.csv": data_dictionary.of_data, "changes.csv": data_dictionary.of_changes}
RESOURCES = (*TABLES, "data.json", "chart.json", "README.md")


def data_package(release: Release, files: list[dict]) -> dict:
    """Describe a release as a Data Package of its files."""
    dataset = release.dataset
    source = {"title": dataset.source} | ({"path": dataset.source_url} if dataset.source_url else {})
    return {
        "$schema": PROFILE.format("datapackage"),
        "name": dataset.slug,
        "title": dataset.title,
        "description": summary(dataset),
        "version": str(release.number),
        "created": release.created.isoformat(timespec="seconds"),
        "keywords": keywords(dataset),
        "licenses": [_licence(dataset)],
        "sources": [source],
        "contributors": [{"title": citation_forms.PUBLISHER, "roles": ["publisher"], "email": settings.SITE_CONTACT}],
        "demonstration": dataset.is_demonstration,
        "citation": citations.text(release),
        "resources": [_resource(release, file) for file in files if file["name"] in RESOURCES],
        "files": [_file_entry(release, file) for file in files if file["name"] not in RESOURCES],
    }


def _licence(dataset):
    """A licence needs a name or a path; ours are named in words."""
    if dataset.licence_url:
        return {"title": dataset.licence, "path": dataset.licence_url}
    return {"name": slugify(dataset.licence), "title": dataset.licence}


def _file_entry(release, file):
    return {
        "path": file["name"],
        "description": purpose(release, file["name"]),
        "mediatype": media_type(file["name"]),
        "bytes": file["size"],
        "hash": f"sha256:{file['sha256']}",
    }


def _resource(release, file):
    stem, _dot, ending = file["name"].lower().rpartition(".")
    name = stem if file["name"] in TABLES else f"{stem}-{ending}"
    described = {"name": name, "format": ending, "encoding": "utf-8"} | _file_entry(release, file)
    if file["name"] not in TABLES:
        return described
    schema = table_schema(TABLES[file["name"]](release.dataset))
    dialect = {"$schema": PROFILE.format("tabledialect"), "delimiter": ",", "lineTerminator": "\r\n"}
    return {"type": "table"} | described | {"dialect": dialect, "schema": schema}


def table_schema(columns: list[data_dictionary.Column]) -> dict:
    """Describe columns as a Table Schema."""
    return {
        "$schema": PROFILE.format("tableschema"),
        "fields": [_field(column) for column in columns],
        "missingValues": [""],
        "primaryKey": data_dictionary.primary_key([column.name for column in columns]),
    }


def _field(column):
    described = {"name": column.name, "type": _type(column.type)}
    described |= {"title": column.title, "description": column.description}
    if column.unit:
        described["unit"] = column.unit
    if column.labels:
        described["categories"] = [{"value": value, "label": label} for value, label in column.labels.items()]
    if pa.types.is_boolean(column.type):
        described |= {"trueValues": ["yes"], "falseValues": ["no"]}
    constraints = column.constraints | ({"enum": list(column.labels)} if column.labels else {})
    constraints |= {"required": True} if column.required else {}
    return described | ({"constraints": constraints} if constraints else {})


def _type(kind):
    for test, name in (
        (pa.types.is_boolean, "boolean"),
        (pa.types.is_integer, "integer"),
        (pa.types.is_floating, "number"),
    ):
        if test(kind):
            return name
    return "string"


def keywords(dataset: Dataset) -> list[str]:
    """List the words by which the dataset is looked for."""
    classified = (
        [_("Harmonized System"), _("goods")] if dataset.kind == Dataset.Kind.COMMODITY else [_("Chinese provinces")]
    )
    where = ["DPRK", _("North Korea"), _("China")] if dataset.partner == "China" else ["DPRK", _("North Korea")]
    return [*where, _("foreign trade"), _("mirror statistics"), *classified]


# --- metadata.json -------------------------------------------------------------------------------------------------


def schema_org(release: Release, files: list[dict], periods: list[str]) -> dict:
    """Describe a release as a schema.org Dataset; `periods` are those that it holds, ["1998", …, "2025-09"]."""
    dataset = release.dataset
    described = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": citations.address(release),
        "name": dataset.title,
        "description": summary(dataset),
        "url": citations.address(release),
        "identifier": f"{dataset.slug}/{release.number}",
        "version": str(release.number),
        "datePublished": release.created.date().isoformat(),
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "license": _work(dataset.licence, dataset.licence_url),
        "keywords": keywords(dataset),
        "creator": {"@type": "Organization", "name": dataset.reporter},
        "publisher": _publisher(),
        "isBasedOn": _work(dataset.source, dataset.source_url),
        "creditText": citations.text(release),
        "measurementTechnique": _technique(dataset),
        "spatialCoverage": [{"@type": "Place", "name": place} for place in _places(dataset)],
        "variableMeasured": [_variable(column) for column in data_dictionary.of_data(dataset) if column.unit],
        "includedInDataCatalog": {"@type": "DataCatalog", "name": citation_forms.PUBLISHER},
        "distribution": [_distribution(release, file) for file in files],
    }
    if periods:
        described["temporalCoverage"] = f"{min(periods)}/{max(periods)}"
    return described


def _work(name, url):
    return {"@type": "CreativeWork", "name": name} | ({"url": url} if url else {})


def _publisher():
    contact = {"@type": "ContactPoint", "email": settings.SITE_CONTACT, "contactType": "editors"}
    return {"@type": "Organization", "name": citation_forms.PUBLISHER, "contactPoint": contact}


def _technique(dataset):
    mirror = _("Mirror statistics: customs returns of the DPRK’s partners; the DPRK publishes none.")
    return f"{mirror} {dataset.estimate_method}".strip()


def _places(dataset):
    return ["China", "DPRK"] if dataset.partner == "China" else ["DPRK"]


def _variable(column):
    return {
        "@type": "PropertyValue",
        "name": column.name,
        "description": column.description,
        "unitText": column.unit,
        "unitCode": "USD",
    }


def _distribution(release, file):
    return {
        "@type": "DataDownload",
        "name": file["name"],
        "description": purpose(release, file["name"]),
        "contentUrl": citations.address(release, file["name"]),
        "encodingFormat": media_type(file["name"]),
        "contentSize": f"{file['size']} B",
        "sha256": file["sha256"],
    }


# --- README.md -----------------------------------------------------------------------------------------------------


def readme(release: Release, names: list[str]) -> str:
    """Describe a release in Markdown for a person who has nothing but its files."""
    dataset = release.dataset
    blocks = [f"# {dataset.title}", summary(dataset), _about(release)]
    blocks += [f"## {_('What changed in this release')}", release.note]
    blocks += [f"## {_('Source and method')}", _technique(dataset), _basis(dataset)]
    blocks += [f"## {_('Files')}", "\n".join(f"- `{name}`: {purpose(release, name)}" for name in names)]
    blocks += [f"## {_('Columns of data.csv')}", _columns(dataset), _blanks()]
    blocks += [f"## {_('Status of a reported value')}", _statuses()]
    blocks += [f"## {_('Licence')}", f"{dataset.licence} {dataset.licence_url}".strip()]
    blocks += [f"## {_('How to cite')}", citations.text(release), f"```bibtex\n{citations.bibtex(release)}```"]
    blocks += [f"## {_('Contact')}", settings.SITE_CONTACT]
    return "\n\n".join(blocks) + "\n"


def _about(release):
    dataset, demonstration = release.dataset, _("yes, the figures are invented")
    rows = [
        (_("Dataset"), f"`{dataset.slug}`"),
        (_("Release"), f"{release.number} ({release.get_kind_display()})"),
        (_("Released on"), release.created.date().isoformat()),
        (_("Reported by"), dataset.reporter),
        (_("Source"), f"{dataset.source} {dataset.source_url}".strip()),
        (_("Demonstration"), demonstration if dataset.is_demonstration else _("no")),
    ]
    return "\n".join(f"- {name}: {content}" for name, content in rows)


def _basis(dataset):
    basis = _("Values are US dollars at current prices: %(to)s to the DPRK, %(from)s from it. No adjustment is made.")
    return basis % {"to": dataset.basis_to_dprk, "from": dataset.basis_from_dprk}


def _columns(dataset):
    rows = [
        f"| `{column.name}` | {column.unit} | {column.description} |" for column in data_dictionary.of_data(dataset)
    ]
    return "\n".join([f"| {_('Column')} | {_('Unit')} | {_('Meaning')} |", "|---|---|---|", *rows])


def _blanks():
    inert = _(
        "Text that a spreadsheet would run as a formula has an apostrophe before it in CSV; the other files do not."
    )
    return f"{_('A blank is missing, never zero; 0 is zero.')} {inert}"


def _statuses():
    return "\n".join(f"- {letter}: {label}" for letter, label in data_dictionary.status_labels().items())
