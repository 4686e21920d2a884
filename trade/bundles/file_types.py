"""Says of each file of a release which media type it has, and what it is for."""

from django.utils.translation import gettext as _

from trade.models import Dataset, Release

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
        "workbook.xlsx": _(
            "The workbook: exports and imports in wide format, all values in long format, notes, charts and sanctions."
        ),
        "data.csv": _("All values, one row per cell, with status, estimate and note. UTF-8 with a byte order mark."),
        "data.parquet": _("The same rows as data.csv, with typed columns, for statistical software."),
        "data.json": _("The same rows as data.csv, as JSON."),
        "changes.csv": _("Changes in this release: every changed cell with its old and new values."),
        "by-sanctions.csv": _("All trade split by sanctions: under the rules of each year, and of the release."),
        "sanctions-rules.csv": _("The sanctions on HS codes as they stood at this release, one rule per row."),
        "chart.json": _("The annual totals shown in the site’s charts."),
        "chart-to_dprk.svg": _("A chart of exports to the DPRK."),
        "chart-from_dprk.svg": _("A chart of imports from the DPRK."),
        "chart-both.svg": _("A chart of both directions and their sum."),
        "datapackage.json": _("Machine-readable metadata: Frictionless Data Package v2."),
        "metadata.json": _("Metadata for search engines: schema.org Dataset."),
        "README.md": _("The readme: a description of the release."),
        "SHA256SUMS": _("The checksums of the other files."),
        "SHA256SUMS.minisig": _("The minisign signature of SHA256SUMS."),
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
