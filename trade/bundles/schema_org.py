"""Describes a release in schema.org's words (metadata.json): who publishes what, from which source and licence."""

from django.conf import settings
from django.utils.translation import gettext as _

from trade.bundles import citations, data_dictionary
from trade.bundles.data_package import keywords
from trade.bundles.file_types import media_type, purpose, summary
from trade.charts.text import citation_forms
from trade.models import Release


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
        "measurementTechnique": technique(dataset),
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


def technique(dataset):
    mirror = _(
        "Mirror statistics, compiled from the customs data of the DPRK’s trading partners; the DPRK publishes no "
        "trade statistics."
    )
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
