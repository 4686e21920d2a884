"""Gives the present site the data that an earlier one was demonstrated with, so that both serve the same numbers.

`python -m benchmarks.same_data CHECKOUT`, with the environment of the site that is to be filled: it gets the
datasets and releases that the other checkout lists, from its files, through the present import.
"""

import os
import runpy
import sys
from pathlib import Path


def load(base: Path) -> None:
    """Publish the releases of another checkout's demonstration; exits where one of its files is refused."""
    from django.core.management import call_command

    from trade import providers
    from trade.models import Dataset

    call_command("load_tables", verbosity=0)
    earlier = runpy.run_path(str(base / "trade" / "datasets.py"))
    for facts in earlier["DATASETS"]:
        Dataset.objects.create(**facts)
    for release in earlier["RELEASES"]:
        publish(base, release)
    for kind in Dataset.Kind:
        Dataset.objects.settle_default(kind)
    providers.questions().settle()
    providers.search().refresh()


def publish(base: Path, wanted: dict) -> None:
    from trade.models import Dataset, Upload
    from trade.publishing import releases, staging, uploads

    dataset = Dataset.objects.get(slug=wanted["dataset"])
    files = [(name, (base / "data" / name).read_bytes()) for name in wanted["files"]]
    upload = staging.stage(uploads.receive(dataset, files))
    if upload.state != Upload.State.STAGED:
        sys.exit(f"{wanted['files']}: {upload.state}: {upload.faults or upload.questions}")
    releases.publish(upload, note=wanted["note"], kind="scheduled", accepted="all")


if __name__ == "__main__":
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    load(Path(sys.argv[1]))
