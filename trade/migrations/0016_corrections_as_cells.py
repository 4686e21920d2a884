"""Corrections and reverts that still wait are compared and looked at, as those that were asked for later.

A correction named one row, {"cell": 812, "seen": 14, "values": {"reported": 5, …}}, and was published at once. Now it
is a list of cells (trade.publishing.by_hand), and the task that waits for it compares it first.
"""

from django.db import migrations

TABLES = {"province": "ProvinceObservation", "commodity": "CommodityObservation", "total": "TotalObservation"}
KEYS = {"province": "province_id", "commodity": "code", "total": "dataset_id"}
BY_HAND = ("cells", "release")


def convert(apps, schema_editor):
    alias = schema_editor.connection.alias
    uploads = apps.get_model("trade", "Upload").objects.using(alias).exclude(asked={})
    for upload in uploads.select_related("dataset").iterator():
        before = upload.asked, upload.state
        if "cell" in upload.asked:
            upload.asked = _as_cells(apps, alias, upload)
        if upload.state == "publishing" and not upload.diff and any(word in upload.asked for word in BY_HAND):
            upload.state = "waiting"
        if (upload.asked, upload.state) != before:
            upload.save(using=alias, update_fields=["asked", "state"])


def _as_cells(apps, alias, upload):
    kind, asked = upload.dataset.kind, upload.asked
    row = apps.get_model("trade", TABLES[kind]).objects.using(alias).get(pk=asked["cell"])
    cell = {"key": getattr(row, KEYS[kind]), "flow": row.flow, "year": row.year, "month": row.month}
    shown = {"was": row.value_usd} if row.component == "reported" else {}
    return {"cells": [cell | asked["values"] | shown], "seen": asked["seen"]}


class Migration(migrations.Migration):
    dependencies = [("trade", "0015_direction_labels")]

    operations = [migrations.RunPython(convert, migrations.RunPython.noop)]
