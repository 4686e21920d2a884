"""The admin, where editors upload, publish and correct; importing this package registers its pages, as Django does."""

from trade.admin import (
    dataset_pages,
    observation_pages,
    redaction_pages,
    reference_tables,
    release_pages,
    upload_pages,
)

__all__ = ["dataset_pages", "observation_pages", "redaction_pages", "reference_tables", "release_pages", "upload_pages"]
