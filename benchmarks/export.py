"""Times a bundle against its floor and its peer, in one interleaved run: `python -m benchmarks.export`.

The floor is a CSV of the same rows, by the csv module, in a zip. The peer is pandas.to_excel of the same rows. Ours is
the whole bundle (13 files: CSV, Parquet, JSON, workbook with wide sheets and charts, descriptions, archive), and of it
the workbook alone, to set beside the peer. Every case runs in a process of its own, in turn, ROUNDS times over, so that
a slow moment of the machine falls on all alike; medians are compared. Memory is what a case adds at its peak to what
the process held when the rows were there.
"""

import csv
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from trade import frames

CASES = ("floor", "to_excel", "workbook", "bundle")
ROUNDS = {2_000: 3, 100_000: 3, 1_000_000: 1}
MEASURED = [(case, size) for size in ROUNDS for case in CASES if (case, size) != ("to_excel", 1_000_000)]
ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Measure every case in turn, print the table, and put it into docs/benchmarks.md."""
    with tempfile.TemporaryDirectory(prefix="yalu-benchmark-") as var:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "1", "VAR_DIR": var}
        prepare(Path(var))
        found = {measured: [] for measured in MEASURED}
        for number in range(max(ROUNDS.values())):
            for case, size in MEASURED:
                if number < ROUNDS[size]:
                    found[case, size].append(in_a_process_of_its_own(case, size))
    text = report(found)
    print(text)
    keep(text, "export", "Export", __doc__.split("\n\n")[1])


def prepare(var: Path) -> None:
    """Make the database with its reference tables, and the rows of each size as files."""
    import django

    django.setup()
    from django.core.management import call_command

    from faq import seed as questions
    from sanctions import seed as sanctions
    from trade.bundles import data_files
    from trade.demonstration import DATASETS
    from trade.models import Dataset
    from trade.reference import seed as reference

    call_command("migrate", verbosity=0)
    reference.load()
    sanctions.load()
    questions.load()
    dataset = Dataset.objects.create(**DATASETS[1])
    for size in ROUNDS:
        frame = head(size)
        frame.to_parquet(var / f"head-{size}.parquet")
        data_files.of_data(release(dataset), frame, {}).to_pandas().to_parquet(var / f"rows-{size}.parquet")


def release(dataset):
    """A release that is about to be."""
    from trade.models import Release

    created = datetime(2026, 11, 21, 9, tzinfo=UTC)
    return Release(dataset=dataset, number=2, kind="scheduled", note="A note.", created=created)


def head(size: int):
    """Rows as they stand: subheadings from all sections, both flows, 25 years, some missing, some with quantities.

    Up to 100,000 are years, more are months.
    """
    import numpy as np
    import pandas as pd

    from trade.models import Commodity

    months = 12 if size > 100_000 else 1
    codes = np.array(sorted(Commodity.objects.filter(code__regex=r"^\d{6}$").values_list("code", flat=True)))
    codes = codes[np.linspace(0, len(codes) - 1, -(-size // (50 * months))).astype(int)]
    place, random = np.arange(size), np.random.default_rng(1)
    value = pd.array(random.integers(0, 10**9, size), dtype="Int64")
    value[place % 50 == 0] = pd.NA
    frame = pd.DataFrame(
        {
            "id": place,
            "key": codes[place // (50 * months)],
            "flow": np.array(["to_dprk", "from_dprk"])[place % 2],
            "year": 1998 + place // 2 % 25,
            "month": place // 50 % months + 1 if months > 1 else 0,
            "component": "reported",
            "value_usd": value,
            "status": np.where(place % 50 == 0, "O", "A"),
            "note": np.where(place % 100 == 1, "revised by the source", ""),
            "quantity": np.where(place % 3 == 0, random.integers(1, 10**6, size), np.nan),
            "quantity_unit": np.where(place % 3 == 0, "t", ""),
        }
    )
    return frames.typed(frame.reindex(columns=frames.HEAD_COLUMNS))


def in_a_process_of_its_own(case: str, size: int) -> tuple[float, float]:
    """Run one case: (seconds, MB at its peak)."""
    command = [sys.executable, "-m", "benchmarks.export", case, str(size)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return tuple(json.loads(done.stdout.splitlines()[-1]))


def one(case: str, size: int) -> None:
    """Load the rows, then run a case on them and tell its seconds and its memory."""
    import django
    import pandas as pd

    django.setup()
    from trade.bundles import build  # noqa: F401  (loaded before the clock starts)
    from trade.publishing import diff  # noqa: F401  (loaded before the clock starts)

    var = Path(os.environ["VAR_DIR"])
    rows = pd.read_parquet(var / f"{'rows' if case in ('floor', 'to_excel') else 'head'}-{size}.parquet")
    with tempfile.TemporaryDirectory(dir=var) as folder:
        before, start = peak(), time.perf_counter()
        {"floor": floor, "to_excel": to_excel, "workbook": workbook, "bundle": whole}[case](rows, Path(folder))
        print(json.dumps([time.perf_counter() - start, peak() - before]))


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def floor(rows, folder):
    with (folder / "data.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(rows.columns)
        out.writerows(rows.itertuples(index=False, name=None))
    with zipfile.ZipFile(folder / "data.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(folder / "data.csv", "data.csv")


def to_excel(rows, folder):
    rows.to_excel(folder / "data.xlsx", index=False)


def workbook(rows, folder):
    """Our workbook, made of the records alone: sums and records are not counted with it."""
    from trade.bundles import build, data_files, facts
    from trade.bundles.workbook import release_workbook

    new = saved_release()
    names = facts.labels(new.dataset, rows)
    data = data_files.of_data(new, rows, {})
    changed = data_files.of_changes(new, frames.empty(frames.CHANGE_COLUMNS), {})
    cube = build.charts.cube(rows, facts.facts(new.dataset), facts.release_facts(new), names)
    release_workbook.write(folder / "workbook.xlsx", new, data, changed, cube)


def whole(rows, folder):
    from trade.bundles import build

    new, changes = saved_release(), frames.empty(frames.CHANGE_COLUMNS)
    build.write(folder, new, rows, changes, build.names_now(new, rows, changes))


def saved_release():
    from trade.models import Dataset

    return release(Dataset.objects.get())


def report(found: dict) -> str:
    """Lay the medians out as a Markdown table."""
    said = (
        "Medians of three, of a million rows one, in one interleaved run. The floor is a CSV of the same rows in a zip."
    )
    lines = [said, ""]
    lines += [
        "| rows | case | seconds | of the floor | of to_excel | memory at its peak, MB |",
        "|---:|---|---:|---:|---:|---:|",
    ]
    names = {
        "floor": "floor: csv + zip",
        "to_excel": "pandas.to_excel",
        "workbook": "our workbook",
        "bundle": "our bundle",
    }
    for (case, size), runs in found.items():
        seconds, memory = (statistics.median(values) for values in zip(*runs, strict=True))
        least, peer = (found.get((other, size)) for other in ("floor", "to_excel"))
        ratios = " | ".join(
            f"{seconds / statistics.median(run[0] for run in by):.2f}" if by else "" for by in (least, peer)
        )
        lines.append(f"| {size:,} | {names[case]} | {seconds:.2f} | {ratios} | {memory:.0f} |")
    return "\n".join(lines)


def keep(text: str, mark: str, heading: str, about: str) -> None:
    """Put a table under its heading of docs/benchmarks.md, in the place of the last one."""
    start, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    path = ROOT / "docs" / "benchmarks.md"
    page = path.read_text("utf-8") if path.exists() else "# Benchmarks\n"
    if start not in page:
        page = f"{page.rstrip()}\n\n## {heading}\n\n{about}\n\n{start}\n{end}\n"
    before, rest = page.split(start)
    path.write_text(f"{before}{start}\n{text}\n{end}{rest.split(end)[1]}", "utf-8")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        one(sys.argv[1], int(sys.argv[2]))
    else:
        main()
