"""Describes a release as a Data Package (datapackage.json): its files, and the columns of its tables.

Source: https://datapackage.org/profiles/2.0/
"""

import pyarrow as pa
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _

from trade.bundles import citations, data_dictionary, sanction_files
from trade.bundles.file_types import media_type, purpose, summary
from trade.charts.text import citation_forms
from trade.models import Dataset, Release

PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
# Files that tools for data packages can open by themselves are its resources. Of the others a validator would need a
# library for each, so they are listed beside them, with their hashes too.
TABLES = {
    "data.csv": data_dictionary.of_data,
    "changes.csv": data_dictionary.of_changes,
    sanction_files.SPLIT: sanction_files.of_split,
    sanction_files.RULES_FILE: sanction_files.of_rules,
}
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
    classified = {
        Dataset.Kind.COMMODITY: [_("Harmonized System"), _("goods")],
        Dataset.Kind.PROVINCE: [_("Chinese provinces")],
        Dataset.Kind.TOTAL: [_("annual totals")],
    }[dataset.kind]
    where = ["DPRK", _("North Korea"), _("China")] if dataset.partner == "China" else ["DPRK", _("North Korea")]
    return [*where, _("foreign trade"), _("mirror statistics"), *classified]
