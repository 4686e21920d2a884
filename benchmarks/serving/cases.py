"""What is asked for: files of a release, kept pages, and what a reader is told who has the bytes already."""

import statistics
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field

from benchmarks.sites import Server

RELEASE = "/data/china-commodities/1/"
BR = {"Accept-Encoding": "br"}  # as browsers and most libraries ask
FILES = {
    "chart-to_dprk.svg": {},
    "workbook.xlsx": {},
    "data.csv, compressed": BR,
    "data.json, compressed": BR,
    "data.json": {},
}
PAGES = {"/provinces/": BR, "/commodities/": BR, "/commodities/27/": BR, "/provinces.json": BR}
LONGEST = 120  # seconds until a server must have read its data
HELD = {"file": RELEASE + "data.csv", "page": "/provinces/"}  # what readers have already


@dataclass
class Case:
    """An address that is asked for: its group, who answers, and the rates and costs that were measured."""

    group: str
    name: str
    url: str
    pid: int
    headers: dict = field(default_factory=dict)
    status: int = 200
    size: int = 0  # bytes of its body
    rates: list = field(default_factory=list)  # answers a second
    costs: list = field(default_factory=list)  # microseconds of the server's processors an answer

    @property
    def rate(self) -> float:
        return statistics.median(self.rates) if self.rates else float("nan")

    @property
    def cost(self) -> float:
        return statistics.median(self.costs) if self.costs else float("nan")


def of_site(server: Server, name: str) -> list[Case]:
    """List the cases of a site that runs: `name` says which, "ours"."""
    cases = [Case(f"file {file}", name, url_of(server, file), server.pid, headers) for file, headers in FILES.items()]
    cases += [Case(f"page {path}", name, server.address + path, server.pid, headers) for path, headers in PAGES.items()]
    for path in HELD.values():
        held = BR | {"If-None-Match": tag_of(server.address + path)}
        cases.append(Case(f"304 of {path}", name, server.address + path, server.pid, held, 304))
    return cases


def url_of(server: Server, file: str) -> str:
    """The address of a file: of "data.json, compressed", that of data.json."""
    return server.address + RELEASE + file.partition(",")[0]


def tag_of(url: str) -> str:
    """Ask for the tag of an answer; a server that still reads its data answers 503, and is asked again."""
    end = time.monotonic() + LONGEST
    while True:
        try:
            with urllib.request.urlopen(urllib.request.Request(url, headers=BR)) as answer:
                return answer.headers["ETag"]
        except urllib.error.HTTPError as refused:
            if refused.code != 503 or time.monotonic() > end:
                raise
            time.sleep(1)
