"""The admin, where editors upload, publish and correct; importing this package registers its pages, as Django does."""

from trade.admin import reference_tables, release_pages, upload_pages

__all__ = ["reference_tables", "release_pages", "upload_pages"]
