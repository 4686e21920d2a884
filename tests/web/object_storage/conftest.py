"""What tests of the bucket stand on: a server of S3 for all of them, and a storage in it."""

import pytest
from django.core.files.storage import storages

from tests import s3
from web.object_storage import bucket_address


@pytest.fixture(scope="session")
def server():
    with s3.server() as running:
        yield running


@pytest.fixture
def bucket(server, settings, tmp_path, monkeypatch):
    """The storage of bundles, in a folder of the bucket that no other test uses, with copies in a place of its own."""
    for name, key in s3.KEYS.items():
        monkeypatch.setenv(name, key)
    settings.STORAGE_URL = server.environment["STORAGE_URL"].replace("/live", f"/{tmp_path.name}")
    kept = {"kept_in": str(tmp_path / "kept"), "keep_bytes": 2**30}
    settings.STORAGES = settings.STORAGES | {"bundles": bucket_address.storage(settings.STORAGE_URL, "bundles", **kept)}
    return storages["bundles"]


@pytest.fixture
def asked(bucket):
    """What is asked of the bucket from now on, counted: {"GetObject": 3}."""
    with s3.counted(bucket.connection.meta.client) as asked:
        yield asked


@pytest.fixture
def away(bucket, server):
    """A way to end the server of the bucket; it runs again after the test."""
    ended = []

    def end():
        server.end()
        ended.append(True)

    yield end
    if ended:
        server.start()
