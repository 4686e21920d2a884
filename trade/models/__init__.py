"""The models of trade: places and goods, datasets, their uploads and releases, and the observations.

The vocabulary is SDMX's and the Harmonized System's; docs/decisions.md says where it differs.
"""

from trade.models.annotation import Annotation
from trade.models.code_lists import Component, Flow, Status
from trade.models.dataset import Dataset
from trade.models.observation import (
    CommodityObservation,
    Observation,
    ObservationQuerySet,
    ProvinceObservation,
    TotalObservation,
)
from trade.models.places_and_goods import Alias, Chapter, Commodity, Province, Section, names_of, shown_code
from trade.models.redaction import Redaction
from trade.models.release import Release
from trade.models.upload import Upload, UploadFile, random_name, uploads_storage
from trade.models.worker import Worker

__all__ = [
    "Alias",
    "Annotation",
    "Chapter",
    "Commodity",
    "CommodityObservation",
    "Component",
    "Dataset",
    "Flow",
    "Observation",
    "ObservationQuerySet",
    "Province",
    "ProvinceObservation",
    "Redaction",
    "Release",
    "Section",
    "Status",
    "TotalObservation",
    "Upload",
    "UploadFile",
    "Worker",
    "random_name",
    "uploads_storage",
    "names_of",
    "shown_code",
]
