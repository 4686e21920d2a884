"""Times an import against its floor and its peer, in one interleaved run: `python -m benchmarks.importing`.

The floor is a bare executemany (SQLite) or COPY (PostgreSQL) of the same rows into the same table, constraints and
indexes and all. The peer is django-import-export as it comes, on a model of the same columns. Ours is diff + apply:
reading head, comparing, and the publishing transaction; the bundle is timed apart. Every case is run in turn, ROUNDS
times over; the medians are compared, so that a slow moment of the machine falls on all alike.
"""

import os
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

ROUNDS = 3
SIZES = (10_000, 100_000)
VAR = tempfile.mkdtemp(prefix="yalu-benchmark-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ |= {"DEBUG": "1", "VAR_DIR": VAR}


def main():
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from trade import reference

    reference.load()
    print(f"\n### diff + apply, {database()}, medians of {ROUNDS}\n")
    print("| rows | case | floor, s | ours, s | ours / floor | bundle, s |")
    print("|---:|---|---:|---:|---:|---:|")
    for size in SIZES:
        for case, floor, ours, built in measure(size):
            print(f"| {size:,} | {case} | {floor:.2f} | {ours:.2f} | {ours / floor:.1f} | {built:.2f} |")
    stock, ours = against_stock(SIZES[0])
    print(
        f"\nStock django-import-export, {SIZES[0]:,} rows: {stock:.1f} s; ours {ours:.3f} s: {stock / ours:.0f} times."
    )


def database():
    from django.db import connection

    return connection.vendor


def table(size, change=False):
    """Make a table as a reader hands it back: `size` values of 6-digit codes, years and flows."""
    import numpy as np
    import pandas as pd

    from trade.formats import COLUMNS
    from trade.models import Commodity

    codes = np.array(sorted(Commodity.objects.filter(code__regex=r"^\d{6}$").values_list("code", flat=True)[:5000]))
    n = np.arange(size)
    values = np.random.default_rng(1).integers(1, 10**9, size)
    values = np.where(change & (n % 20 == 0), values + 1, values)
    place = {"file": "a.csv", "sheet": "", "row": n + 2, "column": "reported_usd"}
    key = {"key": codes[n % 5000], "flow": np.where(n // 5000 % 2, "to_dprk", "from_dprk"), "year": 1998 + n // 10_000}
    facts = {"month": 0, "component": "reported", "value_usd": values, "status": "A"}
    nothing = {"quantity": np.nan, "quantity_unit": None, "note": None}
    return pd.DataFrame(place | key | facts | nothing).astype(COLUMNS)


def measure(size):
    """Yield (case, floor, ours, bundle) in seconds, for a first release and for a revision of 5 % of it."""
    fresh, revised = table(size), table(size, change=True)
    times = {"first release": ([], [], []), "revision of 5 %": ([], [], [])}
    for number in range(ROUNDS):
        dataset = new_dataset(f"b-{size}-{number}")
        for case, rows in (("first release", fresh), ("revision of 5 %", revised)):
            floors, ours, bundles = times[case]
            floors.append(floor(dataset, rows))
            seconds, built = publish(dataset, rows)
            ours.append(seconds)
            bundles.append(built)
    for case, three in times.items():
        yield case, *(statistics.median(one) for one in three)


def new_dataset(slug):
    from trade.datasets import DATASETS
    from trade.models import Dataset

    return Dataset.objects.create(**DATASETS[1] | {"slug": slug})


def floor(dataset, rows):
    """Insert the same rows with nothing around it, and roll it back."""
    import pandas as pd
    from django.db import transaction
    from django.utils import timezone

    from trade import rows as setwise
    from trade.models import CommodityObservation, Release

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
        else:
            cursor.executemany(f"INSERT INTO {name} ({names}) VALUES ({', '.join(['%s'] * len(columns))})", rows)


def publish(dataset, rows):
    """Time diff + apply of a table, and the building of its bundle apart: (seconds, seconds)."""
    from trade import diff, releases

    with timed_apart() as apart:
        start = time.perf_counter()
        head = dataset.observations.standing().frame()
        changes, _unchanged = diff.compare(head, rows, speaks={"status"})
        releases.release(dataset, dataset.latest_release(), changes, note="Timed.", kind="scheduled")
        seconds = time.perf_counter() - start
    return seconds - apart["bundle"], apart["bundle"]


@contextmanager
def timed_apart():
    """Take the time of building the bundle while something is published."""
    from trade import bundle

    build, apart = bundle.build, {"bundle": 0.0}

    def timed(*arguments):
        start = time.perf_counter()
        try:
            return build(*arguments)
        finally:
            apart["bundle"] += time.perf_counter() - start

    bundle.build = timed
    try:
        yield apart
    finally:
        bundle.build = build


def against_stock(size):
    """Import the same rows with django-import-export as it comes, once, into the same table: (stock, ours)."""
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

    dataset = new_dataset("b-stock")
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
        stock = time.perf_counter() - start
        if result.totals["new"] != size:
            sys.exit(f"stock imported {result.totals} of {size} rows: the comparison would be false")
        transaction.set_rollback(True)
    return stock, publish(new_dataset("b-ours"), rows)[0]


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main()
