"""What applies to goods on a day, as programs ask it."""

import pytest

pytestmark = pytest.mark.both_databases
AT = "/api/v1/sanctions/applies"


def asked(client, **parameters):
    answer = client.get(AT, {"direction": "from_dprk", "day": "2017-08-05"} | parameters)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_coal_is_banned_from_5_august_2017_and_each_rule_is_named(words, db, client):
    answer = asked(client, code="2701")
    assert (answer["least"], answer["most"], answer["words"]) == ("banned", "banned", "banned")
    assert answer["sentences"][0].startswith("Imports from the DPRK: banned with exemptions from 2 March 2016")
    assert [(rule["level"], rule["resolution"], rule["paragraph"]) for rule in answer["rules"]] == [
        ("banned", 2371, "8"),
        ("banned_with_exemptions", 2270, "29"),
        ("capped", 2321, "26(b)"),
    ]
    first = answer["rules"][0]
    assert (first["covers"], first["named_in"], first["until"]) == ("all", "announcement", None)
    assert first["url"].startswith("http://testserver/sanctions/2371/#measure-")
    assert asked(client, code="2701", day="2017-08-04")["words"] == "banned with exemptions"
    assert asked(client, code="2701", direction="to_dprk")["words"] == "free"


def test_what_covers_a_part_has_two_ends(words, db, client):
    answer = asked(client, code="27")
    assert (answer["least"], answer["most"], answer["words"]) == ("free", "banned", "partly banned")
    assert {rule["covers"] for rule in answer["rules"]} == {"part"}


def test_another_edition_makes_a_subheading_a_part(words, db, client):
    from sanctions.models import Measure

    Measure.objects.filter(resolution=2321, paragraph="30").update(edition="2012")
    helicopters = {"code": "880211", "direction": "to_dprk", "day": "2017-01-01"}
    found = [asked(client, **helicopters | {"edition": year})["least"] for year in ("2012", "2022")]
    assert found == ["banned", "free"]


def test_a_code_of_ten_digits_is_answered(words, db, client):
    assert asked(client, code="2701110010")["words"] == "banned"


def test_it_takes_four_queries(words, db, client, django_assert_num_queries):
    with django_assert_num_queries(4):
        asked(client, code="2701")
