"""Times an import against its floors and its peer: `python -m benchmarks.importing [--rounds 3] [--cases diff lock …]`.

diff: diff + apply (reading head, comparing, laying rows ready, the publishing transaction) against a bare executemany
(SQLite) or COPY (PostgreSQL) of the same rows into the same table, indexes and checked foreign keys and all. The
bundle, which is built before the lock is taken, is timed apart, once a case. Rounds alternate between the databases,
each in a process of its own, and medians are compared, so that a slow moment of the machine falls on all alike.

lock: the time under the lock of a publish of 100,000 rows, and how long another process that writes to another upload
or reads the published values had to wait meanwhile, at the longest.

reading: an .xlsx of 100,000 rows through the reading child, whole, against bare calamine in a process of its own. The
server that forks children runs already, as it does on a site.

stock: django-import-export as it comes, on a model of the same columns, 10,000 rows, once.

million: a CSV of 1,000,000 rows uploaded, read, compared and published over http, by a real server and its worker; what
the serving process grows by is its peak against its peak before.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import contextmanager, nullcontext
from pathlib import Path

SIZES = (10_000, 100_000)
CASES = ("diff", "lock", "reading", "stock", "million")
DATABASES = ("sqlite", "postgresql")
PER_DATABASE = ("diff", "lock")
ROOT = Path(__file__).resolve().parent.parent
START, END = "<!-- import -->", "<!-- /import -->"
QUICK, SLOW = 0.5, 0.01  # seconds of quiet before a publish; between two questions of another editor


# --- the command ---------------------------------------------------------------------------------------------------


def main() -> None:
    """Measure the cases in turn, print the tables, and put them into docs/benchmarks.md."""
    asked = arguments()
    found = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="yalu-benchmark-") as folder, addresses(asked.databases) as databases:
        for number in range(asked.rounds):
            for case in asked.cases:
                places = databases if case in PER_DATABASE else {"sqlite": ""}
                for name, address in places.items():
                    if case in ("stock", "million") and number:
                        continue
                    var = Path(folder) / f"{case}-{name}-{number}"
                    for row in in_a_process_of_its_own(case, number, address, var):
                        found[case, name, row.pop("row")].append(row)
                    print(f"{time.strftime('%H:%M:%S')} round {number + 1}: {case}, {name}", file=sys.stderr)
    text = report(found, asked.rounds)
    print(text)
    if set(asked.cases) == set(CASES) and set(asked.databases) == set(DATABASES):
        keep(text)


def arguments():
    parser = argparse.ArgumentParser(description="Time an import; all cases on both databases go into the documents.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cases", nargs="+", choices=CASES, default=CASES)
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=DATABASES)
    return parser.parse_args()


@contextmanager
def addresses(names):
    """Give the databases by their names; SQLite makes a file of its own in each process's folder."""
    from tests.postgres import server

    with server() if "postgresql" in names else nullcontext() as address:
        yield {name: address if name == "postgresql" else "" for name in names}


def in_a_process_of_its_own(case: str, number: int, address: str, var: Path) -> list[dict]:
    """Run one case on a new database: rows of what it measured."""
    if address:
        address = new_postgresql_database(address, f"b_{case}_{number}")
    own = {"DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "1", "VAR_DIR": str(var), "ROUND": str(number)}
    own["DATABASE_URL"] = address or f"sqlite:///{var}/yalu.sqlite3"
    var.mkdir()
    command = [sys.executable, "-m", "benchmarks.importing", "--one", case]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | own, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def new_postgresql_database(address, name):
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return re.sub(r"/postgres\?", f"/{name}?", address)


def one(case: str) -> None:
    """Make the database, run one case in this process, and print what it measured."""
    import django

    django.setup()
    from django.core.management import call_command

    from trade.reference import seed as reference

    call_command("migrate", verbosity=0)
    reference.load()
    print(
        json.dumps(list({"diff": diffs, "lock": locks, "reading": reading, "stock": stock, "million": million}[case]()))
    )


# --- diff + apply --------------------------------------------------------------------------------------------------


def diffs():
    """Time first releases and revisions of 5%, each beside its floor."""
    for size in SIZES:
        dataset = new_dataset(f"b-{size}")
        for case, rows in (("first release", table(size)), ("revision of 5%", table(size, change=20))):
            least = floor(dataset, rows)
            with bundle_apart(built=os.environ["ROUND"] == "0") as apart:
                start = time.perf_counter()
                publish(dataset, rows)
                ours = time.perf_counter() - start - apart["seconds"]
            row = {"row": f"{size:,} | {case}", "floor": least, "ours": ours}
            yield row | ({"bundle": apart["seconds"]} if os.environ["ROUND"] == "0" else {})


def new_dataset(slug):
    from trade.demonstration import DATASETS
    from trade.models import Dataset

    return Dataset.objects.create(**DATASETS[1] | {"slug": slug})


def table(size: int, change: int = 0):
    """Make a table as a reader hands it back: `size` values of 6-digit codes; every `change`-th is another one."""
    import numpy as np
    import pandas as pd

    from trade.frames import READ_COLUMNS
    from trade.models import Commodity

    codes = np.array(sorted(Commodity.objects.filter(code__regex=r"^\d{6}$").values_list("code", flat=True)[:5000]))
    n = np.arange(size)
    values = np.random.default_rng(1).integers(1, 10**9, size)
    values = np.where(n % change == 0, values + 1, values) if change else values
    place = {"file": "a.csv", "sheet": "", "row": n + 2, "column": "reported_usd"}
    key = {"key": codes[n % 5000], "flow": np.where(n // 5000 % 2, "to_dprk", "from_dprk"), "year": 1998 + n // 10_000}
    facts = {"month": 0, "component": "reported", "value_usd": values, "status": "A"}
    rows = pd.DataFrame(place | key | facts)
    return rows.reindex(columns=list(READ_COLUMNS)).astype(READ_COLUMNS)


def floor(dataset, rows) -> float:
    """Insert the same rows with nothing around it, and roll it back."""
    import pandas as pd
    from django.db import transaction
    from django.utils import timezone

    from trade.models import CommodityObservation, Release
    from trade.publishing import bulk_rows as setwise

    plain = pd.DataFrame({"key": rows["key"], "flow": rows["flow"], "year": rows["year"], "month": rows["month"]})
    plain = plain.assign(component="reported", new_value_usd=rows["value_usd"], new_status="A", new_note="")
    plain = plain.assign(new_quantity=float("nan"), new_quantity_unit="")
    other = new_dataset(f"{dataset.slug}-floor-{time.monotonic_ns()}")
    with transaction.atomic():
        release = Release.objects.create(dataset=other, number=1, kind="scheduled", note="-", created=timezone.now())
        columns = setwise._columns(CommodityObservation, plain, other.pk)
        columns["since_id"] = [release.pk] * len(plain)
        start = time.perf_counter()
        bare(CommodityObservation._meta.db_table, columns)
        seconds = time.perf_counter() - start
        transaction.set_rollback(True)
    other.delete()
    return seconds


def bare(name, columns):
    from django.db import connection

    names, rows = ", ".join(columns), list(zip(*columns.values(), strict=True))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {name} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a commit would check the foreign keys; here it is undone
        else:
            cursor.executemany(f"INSERT INTO {name} ({names}) VALUES ({', '.join(['%s'] * len(columns))})", rows)


def publish(dataset, rows):
    """Compare a table with head and publish what it changes."""
    from trade.publishing import diff, releases

    head = dataset.observations.standing().frame()
    changes, _unchanged = diff.compare(head, rows, speaks={"status"})
    return releases.release(dataset, dataset.latest_release(), changes, note="Timed.", kind="scheduled")


@contextmanager
def bundle_apart(built: bool):
    """Time the building of the bundle by itself; where it was timed before, leave it out."""
    from trade.bundles import build

    build, apart = build.build, {"seconds": 0.0}

    def timed(*arguments, **options):
        start = time.perf_counter()
        try:
            return build(*arguments, **options) if built else ("none/none", [])
        finally:
            apart["seconds"] += time.perf_counter() - start

    build.build = timed
    try:
        yield apart
    finally:
        build.build = build


# --- the lock ------------------------------------------------------------------------------------------------------


def locks():
    """Publish 100,000 rows, new and then all changed, while another process writes and one reads."""
    from trade.models import Upload

    dataset = new_dataset("b-lock")
    small = new_dataset("b-other")
    publish(small, table(SIZES[0]))
    others = Upload.objects.create(dataset=dataset)
    for case, rows in (("first release", table(SIZES[1])), ("all values changed", table(SIZES[1], change=1))):
        with bundle_apart(built=False), lock_timed() as held:
            quiet = watched(others.pk, lambda: time.sleep(2))
            waits = watched(others.pk, lambda rows=rows: publish(dataset, rows))
        yield {"row": case, "held": held["seconds"], **waits, **{f"quiet {who}": wait for who, wait in quiet.items()}}


@contextmanager
def lock_timed():
    """Take the time from the beginning of the publishing transaction to its commit."""
    from django.db import transaction

    from trade.publishing import releases

    lock, held = releases._lock, {}

    def timed(*arguments):
        start = time.perf_counter()
        transaction.on_commit(lambda: held.update(seconds=time.perf_counter() - start))
        return lock(*arguments)

    releases._lock = timed
    try:
        yield held
    finally:
        releases._lock = lock


def watched(upload: int, work) -> dict:
    """Do some work while two processes ask the database without a pause: the longest wait of each, in seconds."""
    done = Path(os.environ["VAR_DIR"]) / f"done-{time.monotonic_ns()}"
    command = [sys.executable, "-m", "benchmarks.importing", "--watch"]
    watching = {
        who: subprocess.Popen([*command, who, str(upload), str(done)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for who in ("editor", "reader")
    }
    for process in watching.values():
        process.stdout.readline()  # it is ready
    time.sleep(QUICK)
    work()
    done.touch()
    return {who: float(process.communicate()[0]) for who, process in watching.items()}


def watch(who: str, upload: int, done: Path) -> None:
    """Ask the database again and again until a file appears; print the longest wait."""
    import django

    django.setup()
    from django.utils import timezone

    from trade.models import Dataset, Upload

    dataset = Dataset.objects.get(pk="b-other")
    questions = {
        "editor": lambda: Upload.objects.filter(pk=upload).update(heartbeat=timezone.now()),
        "reader": lambda: (dataset.latest_release(), list(dataset.observations.standing()[:500])),
    }
    longest = 0.0
    questions[who]()
    print("ready", flush=True)
    while not done.exists():
        start = time.perf_counter()
        questions[who]()
        longest = max(longest, time.perf_counter() - start)
        time.sleep(SLOW)
    print(longest)


# --- reading -------------------------------------------------------------------------------------------------------

CALAMINE = """
import sys, time
start = time.perf_counter()
import python_calamine
python_calamine.load_workbook(sys.argv[1]).get_sheet_by_index(0).to_python()
print(time.perf_counter() - start)
"""


def reading():
    """Read an .xlsx of 100,000 rows by the reading child, and by calamine alone."""
    from django.conf import settings

    from trade.importing import read_upload
    from trade.reference.vocabulary import known_spellings

    path = Path(os.environ["VAR_DIR"]) / "long.xlsx"
    write_xlsx(path, SIZES[1])
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", CALAMINE, path], capture_output=True, text=True, check=True)
    whole_bare = time.perf_counter() - start
    vocabulary = known_spellings("commodity")
    small = Path(os.environ["VAR_DIR"]) / "small.csv"
    small.write_text("code,year,flow,reported_usd\n27,2024,to_dprk,5\n")
    read_upload.read([("small.csv", small)], kind="commodity", vocabulary=vocabulary, limits=settings.UPLOAD_LIMITS)
    start = time.perf_counter()
    found = read_upload.read(
        [("long.xlsx", path)], kind="commodity", vocabulary=vocabulary, limits=settings.UPLOAD_LIMITS
    )
    ours = time.perf_counter() - start
    if found.faults or len(found.tables["long"]) != SIZES[1]:
        sys.exit(f"the workbook was not read: {found.faults[:3]}")
    yield {"row": f"{SIZES[1]:,}", "bare": whole_bare, "within": float(done.stdout), "ours": ours}


def write_xlsx(path, size):
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("data")
    sheet.append(["code", "year", "month", "flow", "reported_usd", "status", "note", "name"])
    for row in table(size).itertuples():
        sheet.append([row.key, row.year, None, row.flow, int(row.value_usd), row.status, None, "Coal; briquettes"])
    book.save(path)


# --- the peer ------------------------------------------------------------------------------------------------------


def stock():
    """Import the same rows with django-import-export as it comes, into the same table, and with ours."""
    import tablib
    from django.db import transaction
    from django.utils import timezone
    from import_export.resources import ModelResource

    from trade.models import CommodityObservation, Release

    class Stock(ModelResource):
        class Meta:
            model = CommodityObservation
            import_id_fields = ["dataset", "code", "flow", "year", "month", "component"]
            exclude = ["id"]

    dataset, size = new_dataset("b-stock"), SIZES[0]
    rows = table(size)
    with transaction.atomic():
        release = Release.objects.create(dataset=dataset, number=1, kind="scheduled", note="-", created=timezone.now())
        header = ["dataset", "code", "chapter", "flow", "year", "month", "component", "value_usd", "status", "since"]
        data = tablib.Dataset(headers=header)
        for row in rows.itertuples():
            place = (dataset.pk, row.key, row.key[:2], row.flow, int(row.year), int(row.month), row.component)
            data.append((*place, int(row.value_usd), row.status, release.pk))
        start = time.perf_counter()
        result = Stock().import_data(data, raise_errors=True)
        theirs = time.perf_counter() - start
        if result.totals["new"] != size:
            sys.exit(f"stock imported {result.totals} of {size} rows: the comparison would be false")
        transaction.set_rollback(True)
    with bundle_apart(built=False):
        start = time.perf_counter()
        publish(new_dataset("b-ours"), rows)
    yield {"row": f"{size:,}", "stock": theirs, "ours": time.perf_counter() - start}


# --- a million rows ------------------------------------------------------------------------------------------------


def million():
    """Upload a CSV of 1,000,000 rows to a running site and publish it; watch the serving process."""
    from tests.browser.site import running_site

    os.environ.pop("DATABASE_URL")
    with tempfile.TemporaryDirectory(prefix="yalu-benchmark-site-") as folder, running_site(Path(folder)) as site:
        pages, server = Pages(site), serving_process(site)
        pages.sign_in()
        path = Path(folder) / "million.csv"
        size = write_csv(path)
        before, start = peak(server), time.perf_counter()
        page = pages.upload("china-commodities", path)
        page = pages.until(page, "state-staged")
        staged = time.perf_counter() - start
        longest = max(pages.time_of(page), pages.time_of("/admin/"))
        pages.publish(page)
        pages.until(page, "state-published")
        seconds = {"staged": staged, "published": time.perf_counter() - start - staged, "page": longest}
        yield {"row": f"{size:,}"} | seconds | {"growth": peak(server) - before, "size": path.stat().st_size / 2**20}


def write_csv(path) -> int:
    """Write a tidy CSV of a million new values: every subheading, both flows, by month."""
    from trade.models import Commodity

    codes = sorted(Commodity.objects.filter(code__regex=r"^\d{6}$").values_list("code", flat=True))
    months = [(year, month) for year in range(1985, 1995) for month in range(1, 13)]
    with path.open("w") as file:
        file.write("code,year,month,flow,reported_usd\n")
        size = 0
        for n, code in enumerate(codes):
            for place, (year, month) in enumerate(months):
                for flow in ("to_dprk", "from_dprk"):
                    if size < 1_000_000:
                        file.write(f"{code},{year},{month},{flow},{1000 + n * 7 + place}\n")
                        size += 1
    return size


class Pages:
    """An editor's browser, as far as it takes: cookies, forms, and patience."""

    def __init__(self, site):
        import requests

        self.site, self.session = site, requests.Session()

    def get(self, path):
        answer = self.session.get(self.site.address + path, timeout=120)
        answer.raise_for_status()
        return self._kept(answer)

    def post(self, path, data, **more):
        data |= {"csrfmiddlewaretoken": self.session.cookies["csrftoken"]}
        answer = self.session.post(
            self.site.address + path, data, timeout=120, headers={"Referer": self.site.address + path}, **more
        )
        answer.raise_for_status()
        return self._kept(answer)

    def _kept(self, answer):
        """Keep secure cookies on plain http to this machine, as browsers do."""
        for cookie in self.session.cookies:
            cookie.secure = False
        return answer

    def sign_in(self):
        self.get("/accounts/login/")
        secret = {"login": self.site.username, "password": self.site.password}
        if self.post("/accounts/login/", secret, allow_redirects=False).status_code != 302:
            sys.exit("The editor could not sign in.")

    def upload(self, dataset, path) -> str:
        """Send one file; give the path of its upload's page."""
        self.get("/admin/trade/upload/import/")
        with path.open("rb") as file:
            form = {"dataset": dataset, "mode": "amend", "flow": ""}
            answer = self.post("/admin/trade/upload/import/", form, files={"files": (path.name, file)})
        return answer.url.removeprefix(self.site.address)

    def until(self, page, state, seconds=900) -> str:
        """Look at a page again and again until the upload has a state."""
        end = time.monotonic() + seconds
        while state not in (text := self.get(page).text):
            if time.monotonic() > end or re.search("state-(refused|failed|asking)", text):
                sys.exit(f"{page} did not come to {state}: {text[:4000]}")
            time.sleep(0.5)
        return page

    def time_of(self, page) -> float:
        start = time.perf_counter()
        self.get(page)
        return time.perf_counter() - start

    def publish(self, page):
        shown = self.get(page).text
        ticks = dict.fromkeys(re.findall(r'name="(warning_\d+)"', shown), "on")
        ticks["seen"] = re.search(r'name="seen" value="([^"]*)"', shown)[1]
        action = re.sub(r"change/$", "publish/", page)
        if self.post(action, {"note": "A million.", "kind": "scheduled"} | ticks).url.endswith("publish/"):
            sys.exit(f"{page} was not published.")


def serving_process(site) -> int:
    """Find the process that answers: the child of the server that listens on the site's port."""
    port = site.environment["PORT"]
    commands = {int(p.name): (p / "cmdline").read_bytes() for p in Path("/proc").iterdir() if p.name.isdigit()}
    servers = [pid for pid, command in commands.items() if b"granian" in command and f"\0{port}\0".encode() in command]
    children = [pid for pid in commands if parent(pid) in servers]
    return max(children or servers, key=peak)


def parent(pid):
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def peak(pid: int) -> float:
    """The most memory that a process ever held, in MB."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024


# --- the account ---------------------------------------------------------------------------------------------------


def report(found, rounds) -> str:
    """Lay the medians out as Markdown tables."""
    lines = [f"Medians of {rounds}; the bundle, stock django-import-export and the million rows once.", ""]
    parts = {case: {key[1:]: rows for key, rows in found.items() if key[0] == case} for case in CASES}
    tables = {"diff": _diff_lines, "lock": _lock_lines, "reading": _reading_lines, "stock": _stock_lines}
    for case, rows in parts.items():
        if rows:
            lines += [*(tables | {"million": _million_lines})[case](rows), ""]
    return "\n".join(lines).rstrip()


def _median(rows, name):
    return statistics.median(row[name] for row in rows if name in row)


def _diff_lines(found):
    yield "| database | rows | case | floor, s | ours, s | ours / floor | bundle, s |"
    yield "|---|---:|---|---:|---:|---:|---:|"
    for (database, case), rows in sorted(found.items(), key=lambda one: (DATABASES.index(one[0][0]), len(one[0][1]))):
        least, ours, built = (_median(rows, name) for name in ("floor", "ours", "bundle"))
        yield f"| {database} | {case} | {least:.2f} | {ours:.2f} | {ours / least:.1f} | {built:.1f} |"


def _lock_lines(found):
    yield "The lock of a publish of 100,000 rows, and the longest wait of others meanwhile (in brackets: without one)."
    yield ""
    yield "| database | case | lock held, s | another editor waits, s | a reader waits, s |"
    yield "|---|---|---:|---:|---:|"
    for (database, case), rows in found.items():
        held, editor, reader, calm, still = (
            _median(rows, name) for name in ("held", "editor", "reader", "quiet editor", "quiet reader")
        )
        yield f"| {database} | {case} | {held:.2f} | {editor:.2f} ({calm:.2f}) | {reader:.2f} ({still:.2f}) |"


def _reading_lines(found):
    for (_database, size), rows in found.items():
        bare, within, ours = (_median(rows, name) for name in ("bare", "within", "ours"))
        yield f"Reading {size} rows × 8 columns of .xlsx: {ours:.2f} s by the whole child, {ours / bare:.1f} × bare"
        yield f"calamine in a process of its own ({bare:.2f} s), {ours / within:.1f} × calamine alone ({within:.2f} s)."


def _stock_lines(found):
    for (_database, size), [row] in found.items():
        times = row["stock"] / row["ours"]
        yield f"Stock django-import-export, {size} rows into the same table: {row['stock']:.1f} s;"
        yield f"ours {row['ours']:.2f} s: {times:.0f} times."


def _million_lines(found):
    for (_database, size), [row] in found.items():
        yield f"{size} rows of CSV ({row['size']:.0f} MiB) over http, by a real server and its worker, on SQLite:"
        yield f"received, read and compared in {row['staged']:.0f} s, published in {row['published']:.0f} s; the page"
        yield f"of the upload answers in {row['page']:.2f} s; the serving process grew by {row['growth']:.0f} MB."


def keep(text: str) -> None:
    """Put the tables under the heading "Import" of docs/benchmarks.md, in the place of the last ones."""
    path = ROOT / "docs" / "benchmarks.md"
    page = path.read_text("utf-8")
    before, rest = page.split(START)
    path.write_text(f"{before}{START}\n{text}\n{END}{rest.split(END)[1]}", "utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2])
    elif sys.argv[1:2] == ["--watch"]:
        watch(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
    else:
        main()
