"""What editors meet in the admin; importing this package registers all of it, as Django's autodiscovery does."""

from trade.admin import reference_tables, release_pages, upload_pages

__all__ = ["reference_tables", "release_pages", "upload_pages"]
