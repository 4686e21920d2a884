"""Static files under hashed names, compressed, with the imports between our ES modules hashed too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    # Without this a module would import its neighbour by the unhashed name, which caches must not keep.
    support_js_module_import_aggregation = True
