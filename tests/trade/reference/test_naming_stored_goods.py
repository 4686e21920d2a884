"""Headings of a site that is older than short titles get theirs from the migration."""

import pytest
from django.core.management import call_command
from django.db import connection

from trade.models import Commodity


@pytest.mark.soak
@pytest.mark.both_databases
def test_headings_that_were_stored_before_are_named_by_the_migration(transactional_db):
    call_command("migrate", "trade", "0007_second_estimates", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO trade_section (number, position, title, short_title) VALUES ('V', 5, 'M', 'M')")
        cursor.execute("INSERT INTO trade_chapter (code, section_id, title, short_title) VALUES ('27', 'V', 'F', 'F')")
        cursor.execute(
            "INSERT INTO trade_commodity (code, chapter_id, title) VALUES ('2709', '27', 'Petroleum oils; crude'),"
            " ('270112', '27', 'Coal; bituminous, whether or not pulverised')"
        )
    call_command("migrate", verbosity=0)
    assert dict(Commodity.objects.values_list("code", "short_title")) == {
        "2709": "Crude petroleum",
        "270112": "Coal: bituminous",
    }
