"""Times bundles and the staging of a small file against an earlier commit: `python -m benchmarks.bundles [--rounds 3]`.

Both checkouts take turns, each case in a process of its own, with the same rows, on SQLite; medians are compared. Of
each are told the seconds that passed, and those of the processor, of the process and all that it started, which other
work on the machine changes less. BASE=FOLDER names a checkout of the earlier commit (benchmarks/base_checkout.py).
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parent.parent
CASES = {
    "first": "bundle of a first release, 100,000 rows",
    "revision": "bundle after a revision of 5%, 100,000 rows",
    "small": "staging of a small .csv",
}
SIZE, CHANGED, STAGED = 100_000, 20, 20
SMALL = b"code,year,flow,reported_usd\n27,2024,to_dprk,5\n28,2024,to_dprk,7\n"


def main() -> None:
    """Measure every case in turn in both checkouts, print the table, and put it into docs/benchmarks.md."""
    from benchmarks.base_checkout import base_checkout
    from benchmarks.export import keep

    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    rounds, found = parser.parse_args().rounds, defaultdict(list)
    with base_checkout() as base:
        for _number in range(rounds):
            for case in CASES:
                for name, checkout in (("base", base), ("ours", ROOT)):
                    found[case, name].append(in_a_process_of_its_own(case, checkout))
    text = report(found, rounds)
    print(text)
    keep(text, "bundles", "Bundles against an earlier commit", __doc__.split("\n\n")[1])


def in_a_process_of_its_own(case: str, checkout: Path) -> tuple[float, float]:
    """Run one case in a checkout: (seconds, seconds of the processor)."""
    with tempfile.TemporaryDirectory(prefix="yalu-benchmark-") as var:
        own = {"DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "1", "VAR_DIR": var, "PYTHONPATH": str(checkout)}
        own["DATABASE_URL"] = f"sqlite:///{var}/yalu.sqlite3"
        # The folder of this file would come before the checkout in the path of modules.
        command = [sys.executable, "-P", __file__, case]
        done = subprocess.run(
            command, cwd=checkout, env=os.environ | own, stdout=subprocess.PIPE, text=True, check=True
        )
    return tuple(json.loads(done.stdout.splitlines()[-1]))


def one(case: str) -> None:
    """Make the database, run one case in this process, and print what it took."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps((staged if case == "small" else built)(case)))


def timed(work) -> tuple[float, float]:
    start, before = time.perf_counter(), spent()
    work()
    return time.perf_counter() - start, spent() - before


def spent():
    """Seconds of the processor of this process, of all below it, and of those below it that have ended."""
    import psutil

    own = psutil.Process()
    times = [process.cpu_times() for process in (own, *own.children(recursive=True))]
    return sum(one.user + one.system + one.children_user + one.children_system for one in times)


def built(case):
    from django.urls import reverse

    from trade.models import Release

    modules, dataset = site()
    rows = modules.columns.typed(rows_as_they_stand().reindex(columns=modules.columns.HEAD_COLUMNS))
    created = datetime(2026, 11, 21, 9, tzinfo=UTC)
    number = 1 if case == "first" else 2
    release = Release(dataset=dataset, number=number, kind="scheduled", note="A note.", created=created)
    changes = changed(modules.columns, rows, case)
    reverse("admin:index")  # the checks at the start of a worker load all addresses
    return timed(lambda: modules.bundle.build(release, rows, changes))


def staged(_case):
    """Stage the same small file again and again, the first time uncounted: a worker has done so before."""
    modules, dataset = site()

    def stage():
        upload = modules.staging.stage(modules.receive(dataset, [("small.csv", SMALL)]))
        if upload.state != "staged":
            sys.exit(f"the file was not staged: {upload.state}")

    stage()
    return [seconds / STAGED for seconds in timed(lambda: [stage() for _number in range(STAGED)])]


def site():
    """Give the modules of the checkout, under today's names, and a dataset with the reference tables: (…, dataset)."""
    from trade.models import Dataset

    try:
        modules = of_today()
    except ImportError:
        modules = of_the_base()
    modules.load()
    return modules, Dataset.objects.create(**modules.datasets[1])


def of_today():
    from trade import frames
    from trade.bundles import build
    from trade.demonstration import DATASETS
    from trade.publishing import staging, uploads
    from trade.reference import seed

    modules = {"bundle": build, "columns": frames, "staging": staging, "receive": uploads.receive}
    return SimpleNamespace(**modules, datasets=DATASETS, load=seed.load)


def of_the_base():
    from trade import bundle, datasets, diff, reference, staging

    modules = {"bundle": bundle, "columns": diff, "staging": staging, "receive": staging.receive}
    return SimpleNamespace(**modules, datasets=datasets.DATASETS, load=reference.load)


def rows_as_they_stand():
    """Annual values of 2,000 subheadings over 25 years in both directions, a third with quantities."""
    import numpy as np
    import pandas as pd

    from trade.models import Commodity

    codes = np.array(sorted(Commodity.objects.filter(code__regex=r"^\d{6}$").values_list("code", flat=True)))
    codes = codes[np.linspace(0, len(codes) - 1, SIZE // 50).astype(int)]
    place, random = np.arange(SIZE), np.random.default_rng(1)
    value = pd.array(random.integers(0, 10**9, SIZE), dtype="Int64")
    value[place % 50 == 0] = pd.NA
    key = {"id": place, "key": codes[place // 50], "flow": np.array(["to_dprk", "from_dprk"])[place % 2]}
    key |= {"year": 1998 + place // 2 % 25, "month": 0, "component": "reported"}
    facts = {"value_usd": value, "status": np.where(place % 50 == 0, "O", "A")}
    facts |= {"note": np.where(place % 100 == 1, "revised by the source", "")}
    facts |= {"quantity": np.where(place % 3 == 0, random.integers(1, 10**6, SIZE), np.nan)}
    return pd.DataFrame(key | facts | {"quantity_unit": np.where(place % 3 == 0, "t", "")})


def changed(columns, rows, case):
    """Say of the rows that all are new, or that some were other values before."""
    some = rows if case == "first" else rows[::CHANGED]
    changes = some[columns.KEY].reindex(columns=columns.CHANGE_COLUMNS)
    for fact in columns.FACTS:
        changes[f"new_{fact}"] = some[fact]
        if case != "first":
            changes[f"old_{fact}"] = some[fact]
    changes["kind"] = "new" if case == "first" else "changed"
    changes["id"] = None if case == "first" else some["id"]
    return columns.typed(changes)


def report(found: dict, rounds: int) -> str:
    """Lay the medians out as a Markdown table."""
    load = f"load of the machine at the end {os.getloadavg()[0]:.1f}"
    lines = [f"Medians of {rounds}, in one interleaved run; {load}.", ""]
    lines += ["| case | de04350, s | ours, s | times | de04350, processor s | ours, processor s | times |"]
    lines += ["|---|---:|---:|---:|---:|---:|---:|"]
    for case, title in CASES.items():
        base, ours = (
            [statistics.median(values) for values in zip(*found[case, name], strict=True)] for name in ("base", "ours")
        )
        parts = (f"{base[n]:.2f} | {ours[n]:.2f} | {ours[n] / base[n]:.2f}" for n in range(2))
        lines.append(f"| {title} | {' | '.join(parts)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in CASES:
        one(sys.argv[1])
    else:
        main()
