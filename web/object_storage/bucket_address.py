"""Reads the address of a bucket: STORAGE_URL=s3://bucket/prefix?endpoint_url=https://s3.example.org&region=eu-1."""

from urllib.parse import parse_qsl, urlsplit

from django.core.exceptions import ImproperlyConfigured

# By their names in the address: what django-storages calls them.
OPTIONS = {"endpoint_url": "endpoint_url", "region": "region_name", "addressing_style": "addressing_style"}
FORM = "s3://BUCKET/PREFIX?endpoint_url=https://…&region=…&addressing_style=path"


def storage(url: str, folder: str, **more) -> dict:
    """Return the entry of STORAGES for a folder of the bucket: "bundles" -> {"BACKEND": …, "OPTIONS": {…}}.

    Raises: ImproperlyConfigured for an address that is none of a bucket; the message does not repeat it, as somebody
    may have put a password into it.
    """
    parts = urlsplit(url)
    told = dict(parse_qsl(parts.query))
    if parts.scheme != "s3" or not parts.netloc or "@" in parts.netloc or set(told) - set(OPTIONS):
        raise ImproperlyConfigured(
            f"STORAGE_URL is not the address of a bucket: {FORM}. The keys go into AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY."
        )
    options = {OPTIONS[name]: value for name, value in told.items()}
    if "endpoint_url" in options:  # few servers beside Amazon's have a host name for each bucket
        options.setdefault("addressing_style", "path")
    location = "/".join(filter(None, [parts.path.strip("/"), folder]))
    return {
        "BACKEND": "web.object_storage.bucket.Bucket",
        "OPTIONS": {"bucket_name": parts.netloc, "location": location} | options | more,
    }
