"""A server that speaks as S3 does, from its wheel, at a port of its own: it holds what it is given in memory.

with s3.server() as server:
    os.environ | server.environment
"""

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

import boto3
from moto.server import ThreadedMotoServer

NAME, KEYS = "trade-files", {"AWS_ACCESS_KEY_ID": "tests", "AWS_SECRET_ACCESS_KEY": "tests"}


class Server:
    """The server: it can be ended and started again at the same address, and still holds what it held."""

    def __init__(self):
        self.port, self.running = 0, None
        logging.getLogger("werkzeug").setLevel(logging.ERROR)  # else it tells of every request

    def start(self) -> None:
        self.running = ThreadedMotoServer("127.0.0.1", self.port, verbose=False)
        self.running.start()
        _host, self.port = self.running.get_host_and_port()

    def end(self) -> None:
        self.running.stop()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which a site keeps its files in the bucket of this server."""
        return KEYS | {"STORAGE_URL": f"s3://{NAME}/live?endpoint_url={self.address}&region=us-east-1"}

    @cached_property
    def client(self):
        keys = {name.lower(): key for name, key in KEYS.items()}
        return boto3.client("s3", endpoint_url=self.address, region_name="us-east-1", **keys)

    def keys(self, prefix: str = "") -> list[str]:
        """The keys of all objects, as any other program lists them."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=NAME, Prefix=prefix)
        return [found["Key"] for page in pages for found in page.get("Contents", ())]


@contextmanager
def server() -> Iterator[Server]:
    """Run a server with an empty bucket."""
    made = Server()
    made.start()
    try:
        made.client.create_bucket(Bucket=NAME)
        yield made
    finally:
        made.end()


@contextmanager
def counted(client) -> Iterator[Counter]:
    """Count what a client asks of the bucket: {"GetObject": 3}."""
    asked = Counter()

    def count(model, **_more):
        asked[model.name] += 1

    client.meta.events.register("before-call.s3", count)
    try:
        yield asked
    finally:
        client.meta.events.unregister("before-call.s3", count)
