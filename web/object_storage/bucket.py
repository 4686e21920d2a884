"""Speaks with a bucket, as django-storages does, so that the rest of the site need not know that it is none of folders.

Three things differ. Whatever goes wrong is an OSError: FileNotFoundError where there is no such object, BucketAway for
the rest. A file is fetched by one request, and its bytes leave by our own server alone: no object has an address for
readers. All threads share one client, which takes a tenth of a second and some megabytes to make.
"""

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import BinaryIO

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ConnectionError, HTTPClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage

from web.object_storage import BucketAway
from web.object_storage.kept_files import KeptFiles

IN_MEMORY = 16 << 20  # bytes of a file that is read; a larger one goes through the disk
PIECE = 1 << 20
SILENCE = 2.0  # seconds for which a bucket that did not answer is not asked again by this process
MISSING = ("404", "NoSuchKey", "NotFound")
THREADS = 48  # as many as a server has (web.run)

_making = threading.Lock()
_resources = {}  # by process and endpoint: a child of fork() must not share its parent's connections


class FetchedFile(File):
    """A file that was fetched, and is fetched again when it is opened after it was closed, as one on a disk can be."""

    def __init__(self, name: str, fetched: Callable[[str], BinaryIO]):
        self._fetched = fetched
        super().__init__(fetched(name), name)

    def open(self, mode=None):
        if self.closed:
            self.file = self._fetched(self.name)
        self.seek(0)
        return self


class Bucket(S3Storage):
    """A folder of a bucket: `kept_in` names a folder of this machine for files that never change (`keep`)."""

    def __init__(self, *, kept_in: str = "", keep_bytes: int = 0, **options):
        self.kept = KeptFiles(kept_in, keep_bytes) if kept_in else None
        self._silent_until = 0.0
        super().__init__(**options)

    def get_default_settings(self):
        """What does not depend on the site: nothing is public, nothing is sent twice, nobody waits for long."""
        return super().get_default_settings() | {
            "querystring_auth": False,
            "file_overwrite": True,  # names are random, or looked up before: asking each time doubles the requests
            # Bytes are bytes: neither a name like data.csv.gz nor a browser makes anything else of them.
            "object_parameters": {"ContentType": "application/octet-stream"},
            "transfer_config": TransferConfig(use_threads=False),
            "client_config": Config(
                connect_timeout=2,
                read_timeout=10,
                retries={"mode": "standard", "total_max_attempts": 2},
                max_pool_connections=THREADS,
                # Checksums of ours cover the files; many servers beside Amazon's refuse those of newer clients.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        }

    @property
    def connection(self):
        key = (os.getpid(), self.endpoint_url, self.region_name, self.addressing_style)
        with _making:
            if key not in _resources:
                _resources[key] = self._create_session().resource(
                    "s3",
                    region_name=self.region_name,
                    endpoint_url=self.endpoint_url,
                    config=self.client_config.merge(Config(s3={"addressing_style": self.addressing_style})),
                )
            return _resources[key]

    @property
    def bucket(self):
        return self.connection.Bucket(self.bucket_name)

    # --- what Django asks of a storage -----------------------------------------------------------------------------

    def _open(self, name, mode="rb"):
        """Read a file into memory, or on to the disk, at once.

        Raises: FileNotFoundError, BucketAway; ValueError for any other mode.
        """
        if mode != "rb":
            raise ValueError(mode)
        return FetchedFile(name, self._fetched)

    def _fetched(self, name):
        with ExitStack() as undone:
            file = undone.enter_context(tempfile.SpooledTemporaryFile(IN_MEMORY))
            self.fetch(name, file)
            file.seek(0)
            undone.pop_all()
        return file

    def _save(self, name, content):
        with self._answering(name):
            return super()._save(name, content)

    def delete(self, name):
        with self._answering(name):
            super().delete(name)

    def exists(self, name):
        with self._answering(name):
            return super().exists(name)

    def size(self, name):
        with self._answering(name):
            return super().size(name)

    def get_modified_time(self, name):
        with self._answering(name):
            return super().get_modified_time(name)

    def listdir(self, name):
        """List a folder; one without a file is not there, as nothing is in a bucket but files.

        Raises: FileNotFoundError, BucketAway.
        """
        with self._answering(name):
            folders, files = super().listdir(name)
        if not folders and not files:
            raise FileNotFoundError(name)
        return folders, files

    def url(self, name, *args, **kwargs):
        """Refuse: readers are sent bytes by the site, which knows what was withdrawn."""
        raise ValueError("Files of the bucket have no address of their own.")

    # --- what the site asks beside ---------------------------------------------------------------------------------

    def fetch(self, name: str, file: BinaryIO) -> None:
        """Write the bytes of an object to a file, with one request.

        Raises: FileNotFoundError, BucketAway.
        """
        with self._answering(name):
            client, key = self.connection.meta.client, self._normalize_name(name)
            found = client.get_object(Bucket=self.bucket_name, Key=key)
            for piece in found["Body"].iter_chunks(PIECE):
                file.write(piece)

    def keep(self, name: str, sha256: str, endings: dict[str, str]) -> str | None:
        """Bring a file that never changes to this machine, once, and say where it lies; None where it cannot be kept.

        `endings` are those of its compressed forms: {"br": ".br"}. Raises: FileNotFoundError, BucketAway.
        """
        return self.kept and self.kept.path(name, sha256, endings, self.fetch)

    def keep_only(self, folders: set[str]) -> None:
        """Drop from this machine what belongs to no folder of these: of releases withdrawn or built anew."""
        if self.kept:
            self.kept.keep_only(folders)

    @contextmanager
    def _answering(self, name: str) -> Iterator[None]:
        """Say of every fault of the client what it means, and leave a bucket alone that has just not answered."""
        if time.monotonic() < self._silent_until:
            raise BucketAway("The bucket did not answer a moment ago.")
        try:
            yield
        except ClientError as error:
            if error.response["Error"].get("Code") in MISSING:
                raise FileNotFoundError(name) from error
            raise BucketAway(f"The bucket refused {name}: {error}") from error
        except (ConnectionError, HTTPClientError) as error:
            self._silent_until = time.monotonic() + SILENCE
            raise BucketAway(f"The bucket does not answer: {error}") from error
        except (BotoCoreError, Boto3Error) as error:
            raise BucketAway(f"The bucket cannot be asked for {name}: {error}") from error
