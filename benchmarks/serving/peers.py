"""Those that ours is held against: a bare function under the same server, nginx, Datasette."""

import json
import os
import shutil
import sqlite3
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

from benchmarks.serving.asking import answer
from benchmarks.serving.cases import HELD, RELEASE, Case, tag_of
from benchmarks.sites import CORES, ROOT, free_port, granian, running

OF_THE_SERVER = ("date", "server", "connection", "transfer-encoding")  # it writes them itself


@contextmanager
def bare(var: Path, ours: list[Case]) -> Iterator[list[Case]]:
    """Run granian, with the same flags, on a function that returns the very bytes and headers of ours."""
    folder, told = var / "bare", {}
    folder.mkdir()
    for number, case in enumerate(ours):
        status, headers, body = answer(case)
        (folder / f"{number}.bin").write_bytes(body)
        pairs = [pair for pair in headers.items() if pair[0].lower() not in OF_THE_SERVER]
        words = f"{status} {HTTPStatus(status).phrase}"
        told[f"/{number}"] = {"status": words, "headers": pairs, "body": str(folder / f"{number}.bin")}
    (folder / "answers.json").write_text(json.dumps(told))
    environment = os.environ | {"BARE": str(folder / "answers.json")}
    with granian(CORES, "benchmarks.serving.bare_answers:application", ROOT, environment) as server:
        yield [
            Case(case.group, "bare", f"{server.address}/{number}", server.pid, status=case.status)
            for number, case in enumerate(ours)
        ]


def nginx_program() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


@contextmanager
def nginx(var: Path, ours: list[Case]) -> Iterator[list[Case]]:
    """Run nginx on the same bytes."""
    port, folder = free_port(), var / "nginx"
    (folder / "root").mkdir(parents=True)
    whole = [case for case in ours if case.status == 200]
    for number, case in enumerate(whole):
        (folder / "root" / f"{number}.bin").write_bytes(answer(case).body)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, cores=CORES))
    folder.chmod(0o755), var.chmod(0o755)  # its workers are another user's where it is started as root
    with running([nginx_program(), "-c", str(folder / "nginx.conf"), "-p", str(folder)], port) as process:
        address, pid = f"http://127.0.0.1:{port}", process.pid
        found = [Case(case.group, "nginx", f"{address}/{n}.bin", pid) for n, case in enumerate(whole)]
        held = {"If-None-Match": tag_of(found[0].url)}
        yield [*found, *(Case(f"304 of {path}", "nginx", found[0].url, pid, held, 304) for path in HELD.values())]


NGINX = """daemon off; pid {folder}/nginx.pid; error_log stderr; worker_processes {cores};
events {{ worker_connections 512; }}
http {{
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; default_type text/plain;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; root {folder}/root; add_header Cache-Control "public, max-age=60"; }}
}}"""


@contextmanager
def datasette(program: str, var: Path, ours: list[Case]) -> Iterator[list[Case]]:
    """Run Datasette on the rows of data.json, with the same columns: the cases of all of them in one answer."""
    files = {case.group: case for case in ours if case.url.endswith(f"{RELEASE}data.json")}
    rows = json.loads(answer(files["file data.json"]).body)["observations"]
    fill(var / "rows.db", rows)
    port = free_port()
    command = [program, "serve", "--immutable", str(var / "rows.db"), "--port", str(port)]
    for setting in ("max_returned_rows 100000", "sql_time_limit_ms 10000", "allow_facet off", "suggest_facets off"):
        command += ["--setting", *setting.split()]
    with running(command, port) as process:
        url = f"http://127.0.0.1:{port}/rows/data.json?_size=max&_shape=array&_nocount=1"
        cases = [Case(group, "Datasette", url, process.pid, case.headers) for group, case in files.items()]
        answered = json.loads(urllib.request.urlopen(url).read())
        answered = [{name: value for name, value in row.items() if name != "rowid"} for row in answered]
        assert answered == rows, "Datasette answers with other rows"
        yield cases


def fill(path: Path, rows: list[dict]) -> None:
    with sqlite3.connect(path) as database:
        names = ", ".join(f'"{name}"' for name in rows[0])
        database.execute(f"CREATE TABLE data ({names})")
        marks = ", ".join("?" * len(rows[0]))
        database.executemany(f"INSERT INTO data VALUES ({marks})", [tuple(row.values()) for row in rows])
    database.close()
