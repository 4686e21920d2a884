"""Say of each code where it stands, and part China's codes from those of the resolution: "none (China list: 2701 …)"."""

import re

from django.db import migrations

from sanctions import code_text
from sanctions.ledger.code_places import place_of

CHINAS = re.compile(r"none\s*\(.*?\d.*\)", re.I | re.S)


def part(apps, schema_editor):
    for measure in apps.get_model("sanctions", "Measure").objects.all():
        if CHINAS.fullmatch(measure.codes_stated.strip()):
            measure.codes_announced = "; ".join(_codes_in(measure.codes_stated))
            measure.codes_stated = "none"
            measure.save(update_fields=["codes_stated", "codes_announced"])
        lists = [code_text.understood(text) for text in (measure.codes_stated, measure.codes_announced)]
        for row in measure.codes.all():
            row.named_in = place_of(code_text.Code(row.digits, row.partial), *lists)
            row.save(update_fields=["named_in"])


def _codes_in(text):
    found = [code for code in re.findall(r"\d+", text) if code_text.CODE.fullmatch(code)]
    return [code for code in found if code[:2] in code_text.CHAPTERS]


class Migration(migrations.Migration):
    dependencies = [("sanctions", "0005_ledger")]

    operations = [migrations.RunPython(part, migrations.RunPython.noop)]
