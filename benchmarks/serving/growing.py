"""Pages at 2,000 and at 1,000,000 observations: `python -m benchmarks.serving.growing SIZE` fills a site's database."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.export import head
from benchmarks.serving.cases import BR, Case
from benchmarks.sites import new_site, served

FEW, MANY = 2_000, 1_000_000
PAGES = ("/", "/commodities/", "/commodities.json")
PLENTY = "1000000"  # views a minute: one address asks for all of them


@contextmanager
def growing(var: Path, size: int) -> Iterator[list[Case]]:
    """Serve a dataset of so many observations, its pages kept and not."""
    site = new_site(var / str(size), UNSEEN_VIEWS_A_MINUTE=PLENTY)
    site.run("-m", "benchmarks.serving.growing", str(size))
    with served(site) as kept, served(site.but(KEEP_PAGES="0")) as rendered:
        yield [
            Case(f"{how} {path}", f"{size:,}", server.address + path, server.pid, BR)
            for how, server in (("kept", kept), ("rendered", rendered))
            for path in PAGES
        ]


def fill(size: int) -> None:
    """Store a dataset of so many observations, and of its release what pages read: chart.json."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import storages
    from django.core.management import call_command
    from django.utils import timezone

    from trade import charts
    from trade.bundles import facts
    from trade.demonstration import DATASETS
    from trade.models import Dataset, Release

    call_command("load_tables", verbosity=0)
    dataset = Dataset.objects.create(**DATASETS[1])
    new = Release(dataset=dataset, number=1, kind="scheduled", note="A note.", created=timezone.now(), bundle="made")
    frame = head(size)
    cube = charts.cube(frame, facts.facts(dataset), facts.release_facts(new), facts.labels(dataset, frame))
    storages["bundles"].save("made/chart.json", ContentFile(json.dumps(cube).encode()))
    new.save()
    store(dataset, new, frame)
    assert dataset.observations.count() == size


def store(dataset, release, frame) -> None:
    """Insert the rows themselves."""
    from django.db import connection, transaction

    rows = frame.assign(chapter_id=frame["key"].str[:2], dataset_id=dataset.pk, since_id=release.pk)
    rows = rows.drop(columns=["id", "quantity", "publisher", "source", "precision_usd"]).rename(columns={"key": "code"})
    names, marks = ", ".join(rows.columns), ", ".join(["%s"] * len(rows.columns))
    values = rows.astype(object).where(rows.notna(), None).itertuples(index=False, name=None)
    table = dataset.observations.model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)


if __name__ == "__main__":
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    fill(int(sys.argv[1]))
