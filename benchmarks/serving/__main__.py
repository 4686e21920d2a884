"""Times what the server sends against nginx and Datasette, at 16 connections: `python -m benchmarks.serving`.

Ours is granian with the site under production settings. nginx sends the same bytes from a folder. Datasette answers
with the rows of data.json from its own database, as JSON objects with the same names and in the same order. Chart pages
go through Django, which asks the database for their stamp and sends what it keeps (web.page_cache); "rendered" are the
same pages with keeping switched off. All are asked in turn for SECONDS, ROUNDS times over, by wrk on the same machine;
medians are compared.

Needs wrk and nginx (Debian: `apt-get install wrk nginx-light`), and Datasette in an environment of its own
(`python -m venv PLACE; PLACE/bin/pip install datasette`), named by DATASETTE=PLACE/bin/datasette. A peer that is
missing is named.
"""

import json
import os
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.export import head, keep

CONNECTIONS, SECONDS, ROUNDS = 16, 2, int(os.environ.get("ROUNDS", "3"))
FEW, MANY = 2_000, 1_000_000
ROOT = Path(__file__).resolve().parent.parent
CORES = str(os.cpu_count() or 1)
GRANIAN = ["-m", "granian", "--interface", "wsgi", "--workers", CORES, "--blocking-threads", "4", "--no-ws"]
GRANIAN += ["--log-level", "warning", "config.wsgi:application"]
RELEASE = "/data/china-commodities/1/"
BR = {"Accept-Encoding": "br"}
FILES = {
    "chart-to_dprk.svg": {},
    "workbook.xlsx": {},
    "data.csv, compressed": BR,  # as browsers and most libraries ask for it
    "data.json, compressed": BR,
    "data.json": {},
}
PAGES = {"/provinces/": BR, "/commodities/": BR, "/commodities/27/": BR, "/provinces.json": BR}
GROWING = ("/", "/commodities/", "/commodities.json")


@dataclass
class Case:
    """An address that is asked for: its group, who answers, and the rates that were measured."""

    group: str
    name: str
    url: str
    headers: dict = field(default_factory=dict)
    status: int = 200
    size: int = 0  # bytes of its body
    rates: list = field(default_factory=list)

    @property
    def rate(self) -> float:
        return statistics.median(self.rates) if self.rates else float("nan")


def main() -> None:
    """Measure every case in turn, print the tables, and put them into docs/benchmarks.md."""
    if not shutil.which("wrk"):
        sys.exit("wrk is missing: apt-get install wrk")
    with ExitStack() as stack:
        var = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="yalu-serving-")))
        cases = prepared(stack, var)
        for case in cases:
            case.size = len(fetched(case.url, case.headers, case.status))
        for number in range(ROUNDS):
            for case in cases:
                case.rates.append(rate_of(case))
            print(f"round {number + 1} of {ROUNDS} is done", file=sys.stderr)
    text = report(cases)
    print(text)
    keep(text, "serving", "Serving", __doc__.split("\n\n")[1])


# --- who is asked --------------------------------------------------------------------------------------------------


def prepared(stack: ExitStack, var: Path) -> list[Case]:
    """Start every server, and list what each is asked for."""
    site = site_of(var / "site")
    manage(site, "demo")
    ours = stack.enter_context(served(site))
    bodies = {path: fetched(ours + path, headers) for path, headers in PAGES.items()}
    addresses = {name: ours + RELEASE + name.partition(",")[0] for name in FILES}
    for url in addresses.values():  # asked again, a process sends them without Django; there are as many as cores
        for _time in range(20):
            fetched(url)
    bodies |= {name: fetched(addresses[name], headers) for name, headers in FILES.items()}
    cases = [Case(f"file {name}", "ours", addresses[name], headers) for name, headers in FILES.items()]
    cases += [Case(f"page {path}", "ours", ours + path, headers) for path, headers in PAGES.items()]
    cases += unchanged(ours, ["data.csv"], "/provinces/")
    if shutil.which("nginx") or Path("/usr/sbin/nginx").exists():
        cases += stack.enter_context(nginx(var, bodies))
    if datasette := os.environ.get("DATASETTE") or shutil.which("datasette"):
        cases += stack.enter_context(rows_in_datasette(datasette, var, fetched(addresses["data.json"])))
    for size in (FEW, MANY):
        cases += stack.enter_context(growing(var, size))
    return cases


def unchanged(ours, names, page):
    """What a reader is told who has the bytes already."""
    cases = []
    for path in [*(RELEASE + name for name in names), page]:
        with urllib.request.urlopen(urllib.request.Request(ours + path, headers=BR)) as answer:
            held = {"If-None-Match": answer.headers["ETag"]}
        cases.append(Case(f"304 of {path}", "ours", ours + path, BR | held, 304))
    return cases


def site_of(var: Path, **more) -> dict:
    """Make a site with an empty database: the environment that names it."""
    var.mkdir()
    site = os.environ | {"VAR_DIR": str(var), "DATABASE_URL": f"sqlite:///{var}/yalu.sqlite3", "REDIS_URL": ""} | more
    site |= {"DEBUG": "0", "SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "127.0.0.1", "SECURE_SSL_REDIRECT": "0"}
    manage(site, "migrate", "--verbosity", "0")
    manage(site, "collectstatic", "--no-input", "--verbosity", "0")
    return site


def manage(site, *arguments):
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=site, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def served(site: dict):
    """Run granian: yield its address."""
    port = str(free_port())
    with running([sys.executable, *GRANIAN, "--host", "127.0.0.1", "--port", port], port, env=site):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def nginx(var: Path, bodies: dict):
    """Run nginx on the same bytes: yield its cases."""
    port, folder = free_port(), var / "nginx"
    (folder / "root").mkdir(parents=True)
    for number, body in enumerate(bodies.values()):
        (folder / "root" / f"{number}.bin").write_bytes(body)
    (folder / "nginx.conf").write_text(
        f"""daemon off; pid {folder}/nginx.pid; error_log stderr; worker_processes {CORES};
        events {{ worker_connections 512; }}
        http {{
            access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; default_type text/plain;
            client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
            uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
            server {{ listen 127.0.0.1:{port}; root {folder}/root; add_header Cache-Control "public, max-age=60"; }}
        }}"""
    )
    folder.chmod(0o755), var.chmod(0o755)  # its workers are another user's where it is started as root
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    with running([program, "-c", str(folder / "nginx.conf"), "-p", str(folder)], port):
        groups = [f"file {name}" if name in FILES else f"page {name}" for name in bodies]
        found = [Case(group, "nginx", f"http://127.0.0.1:{port}/{n}.bin") for n, group in enumerate(groups)]
        with urllib.request.urlopen(found[0].url) as answer:
            held = {"If-None-Match": answer.headers["ETag"]}
        yield [*found, Case(f"304 of {RELEASE}data.csv", "nginx", found[0].url, held, 304)]


@contextmanager
def rows_in_datasette(program: str, var: Path, content: bytes):
    """Run Datasette on the rows of data.json, with the same columns: yield the cases of all of them in one answer."""
    rows = json.loads(content)["observations"]
    with sqlite3.connect(var / "rows.db") as database:
        names = ", ".join(f'"{name}"' for name in rows[0])
        database.execute(f"CREATE TABLE data ({names})")
        marks = ", ".join("?" * len(rows[0]))
        database.executemany(f"INSERT INTO data VALUES ({marks})", [tuple(row.values()) for row in rows])
    database.close()
    port = str(free_port())
    command = [program, "serve", "--immutable", str(var / "rows.db"), "--port", port]
    for setting in ("max_returned_rows 100000", "sql_time_limit_ms 10000", "allow_facet off", "suggest_facets off"):
        command += ["--setting", *setting.split()]
    with running(command, port):
        url = f"http://127.0.0.1:{port}/rows/data.json?_size=max&_shape=array&_nocount=1"
        answered = [{k: v for k, v in row.items() if k != "rowid"} for row in json.loads(fetched(url))]
        assert answered == rows, "Datasette answers with other rows"
        yield [Case(f"file {name}", "Datasette", url, FILES[name]) for name in ("data.json", "data.json, compressed")]


@contextmanager
def growing(var: Path, size: int):
    """Serve a dataset of so many observations, its pages kept and not: yield its cases."""
    site = site_of(var / str(size))
    subprocess.run([sys.executable, "-m", "benchmarks.serving", str(size)], cwd=ROOT, env=site, check=True)
    with served(site) as kept, served(site | {"KEEP_PAGES": "0"}) as rendered:
        yield [
            Case(f"{how} {path}", f"{size:,}", address + path, BR)
            for how, address in (("kept", kept), ("rendered", rendered))
            for path in GROWING
        ]


def fill(size: int) -> None:
    """Store a dataset of so many observations, and of its release what pages read: chart.json."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from django.core.files.base import ContentFile
    from django.core.files.storage import storages
    from django.db import connection, transaction
    from django.utils import timezone

    from faq import seed as questions
    from sanctions import seed as sanctions
    from trade import charts
    from trade.bundles import facts
    from trade.demonstration import DATASETS
    from trade.models import Dataset, Release
    from trade.reference import seed as reference

    reference.load()
    sanctions.load()
    questions.load()
    dataset = Dataset.objects.create(**DATASETS[1])
    new = Release(dataset=dataset, number=1, kind="scheduled", note="A note.", created=timezone.now(), bundle="made")
    frame = head(size)
    cube = charts.cube(frame, facts.facts(dataset), facts.release_facts(new), facts.labels(dataset, frame))
    storages["bundles"].save("made/chart.json", ContentFile(json.dumps(cube).encode()))
    new.save()
    stored = frame.drop(columns=["id", "quantity"]).assign(chapter_id=frame["key"].str[:2], dataset_id=dataset.pk)
    stored = stored.assign(since_id=new.pk).rename(columns={"key": "code"})
    names, marks = ", ".join(stored.columns), ", ".join(["%s"] * len(stored.columns))
    with transaction.atomic(), connection.cursor() as cursor:
        table = dataset.observations.model._meta.db_table
        rows = stored.astype(object).where(stored.notna(), None).itertuples(index=False, name=None)
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
    assert dataset.observations.count() == size


@contextmanager
def running(command, port, **more):
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, **more)  # what it complains of is shown
    try:
        wait_for(int(port), process, command)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(port, process, command):
    until = time.monotonic() + 90
    while process.poll() is None and time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit(f"This did not start: {' '.join(map(str, command))}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# --- how they are asked --------------------------------------------------------------------------------------------


def fetched(url: str, headers: dict | None = None, status: int = 200) -> bytes:
    """Ask once; a 304 must have no body."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {}), timeout=60) as answer:
            found, body = answer.status, answer.read()
    except urllib.error.HTTPError as answer:
        found, body = answer.code, answer.read()
    assert found == status and (body == b"") == (status == 304), (url, found, len(body))
    return body


def rate_of(case: Case) -> float:
    """Ask for SECONDS over CONNECTIONS: answers a second."""
    headers = [part for name, value in case.headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t", CORES, "-c", str(CONNECTIONS), "-d", f"{SECONDS}s", "--timeout", "30s", *headers, case.url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"{case.url}: {said}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])


# --- what is told --------------------------------------------------------------------------------------------------


def report(cases: list[Case]) -> str:
    """Lay the medians out as Markdown tables."""
    when = f"Medians of {ROUNDS} rounds of {SECONDS} s, {CONNECTIONS} connections, {CORES} cores shared with wrk"
    lines = [f"{when}; load of the machine at the end {os.getloadavg()[0]:.1f}.", ""]
    peers = "nginx, 1/s | ours / nginx | Datasette, 1/s | ours / Datasette"
    lines += [f"| what is asked for | bytes | ours, 1/s | {peers} |", "|---|---:|---:|---:|---:|---:|---:|"]
    by = {(case.group, case.name): case for case in cases}
    for group in dict.fromkeys(case.group for case in cases if case.name == "ours"):
        ours, cells = by[group, "ours"], []
        for peer in ("nginx", "Datasette"):
            found = by.get((group, peer))
            cells += (
                [f"{found.rate:,.{0 if found.rate > 50 else 1}f}", ratio(ours.rate, found.rate)] if found else ["", ""]
            )
        lines.append(f"| {group} | {ours.size:,} | {ours.rate:,.0f} | {' | '.join(cells)} |")
    lines += [
        "",
        *missing(by),
        f"| page view | at {FEW:,} observations, 1/s | at {MANY:,}, 1/s | cost, times |",
        "|---|---:|---:|---:|",
    ]
    for group in dict.fromkeys(case.group for case in cases if case.name == f"{FEW:,}"):
        few, many = by[group, f"{FEW:,}"].rate, by[group, f"{MANY:,}"].rate
        lines.append(f"| {group} | {few:,.0f} | {many:,.0f} | {ratio(few, many)} |")
    return "\n".join(lines)


def ratio(one: float, other: float) -> str:
    """Divide; nothing was answered in time by a peer whose rate is 0."""
    return f"{one / other:,.2f}" if other else "–"


def missing(by):
    peers = {name for _group, name in by}
    return [f"{name} was not there and was not measured.\n" for name in ("nginx", "Datasette") if name not in peers]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        fill(int(sys.argv[1]))
    else:
        main()
