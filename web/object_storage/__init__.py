"""Uploads and the files of releases in a bucket of S3 that several servers share, by django-storages.

`bucket_address` reads STORAGE_URL, `bucket` speaks with the bucket, `kept_files` keeps on this machine what readers
were sent. Keys are the paths that the files would have below VAR_DIR, so any program that copies trees moves a site.
"""


class BucketAway(OSError):
    """The bucket does not answer, or refuses what was asked of it."""
