"""The migration that parts China's codes from the resolution's: "none (China list: 2701 2702 2601...)"."""

from importlib import import_module

import pytest
from django.apps import apps

from sanctions.models import Measure, MeasureCode

pytestmark = pytest.mark.both_databases


def test_chinas_codes_leave_the_field_of_the_resolutions(words, db):
    coal = Measure.objects.filter(resolution=2371, paragraph="8")
    coal.update(codes_stated="none (China list: 2701 2702 26011190...)", codes_announced="")
    other = Measure.objects.filter(resolution=2375, paragraph="16")
    other.update(codes_stated="as China has it")  # cannot be understood: it stays for an editor to see
    MeasureCode.objects.update(named_in="assigned")
    migration = import_module("sanctions.migrations.0006_where_codes_stand")
    migration.part(apps, None)
    assert coal.values_list("codes_stated", "codes_announced").get() == ("none", "2701; 2702; 26011190")
    assert other.get().codes_stated == "as China has it"
    found = dict(MeasureCode.objects.filter(measure__in=coal).values_list("digits", "named_in"))
    assert found == {"2701": "announcement", "2702": "announcement", "2601": "assigned", "72": "assigned"}
    machinery = MeasureCode.objects.filter(measure__resolution=2397, digits="84").values_list("named_in", flat=True)
    assert set(machinery) == {"text"}
