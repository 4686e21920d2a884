"""`manage.py alerts` prints a line an alert, exits with 1, and mails what is new: once, daily, and when it is over."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from trade.pages.watch import conditions, mailing

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
FULL = {"disk /srv": "1.0 GB are free, 2.1 GB should be"}
FAILED = {"upload 7": "failed, of china-provinces: /admin/"}


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ALERTS_TO, settings.EMAIL_URL = ["on-call@yalu.internal"], "smtp://localhost"
    settings.SITE_URL = "https://trade.yalu.internal"


@pytest.fixture
def told(tmp_path):
    return tmp_path / "told.json"


def test_an_alert_is_mailed_once_then_daily_then_when_all_is_well(told):
    hours = [0, 1, 23, 25, 26, 27, 28]
    found = [FULL, FULL | {"disk /srv": "0.9 GB are free"}, FULL, FULL, {}, {}, FULL]
    sent = [
        mailing.mail_what_is_new(alerts, told, NOW + timedelta(hours=hour))
        for hour, alerts in zip(hours, found, strict=True)
    ]
    assert sent == [True, False, False, True, True, False, True]
    assert [message.subject for message in mail.outbox] == [
        "trade.yalu.internal: disk /srv", "trade.yalu.internal: disk /srv",
        "trade.yalu.internal: all is well again", "trade.yalu.internal: disk /srv",
    ]  # fmt: skip
    assert mail.outbox[0].to == ["on-call@yalu.internal"]
    assert mail.outbox[0].body == "disk /srv: 1.0 GB are free, 2.1 GB should be\n"


def test_one_more_alert_is_mailed_and_one_fewer_is_not(told):
    assert mailing.mail_what_is_new(FULL, told, NOW)
    assert mailing.mail_what_is_new(FULL | FAILED, told, NOW)
    assert mail.outbox[-1].body.splitlines() == mailing.lines(FULL | FAILED)
    assert not mailing.mail_what_is_new(FAILED, told, NOW)


def test_a_mail_that_was_not_sent_is_tried_again(told, monkeypatch):
    with monkeypatch.context() as refused:
        refused.setattr(mailing.EmailMessage, "send", lambda self: (_ for _ in ()).throw(ConnectionRefusedError()))
        with pytest.raises(OSError):
            mailing.mail_what_is_new(FULL, told, NOW)
    assert mailing.mail_what_is_new(FULL, told, NOW)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"names": 3, "at": ""}', '{"names": [], "at": "yesterday"}'])
def test_a_damaged_memory_is_as_none(told, text):
    told.write_text(text)
    assert mailing.mail_what_is_new(FULL, told, NOW)
    assert json.loads(told.read_text())["names"] == ["disk /srv"]


def alerts(*arguments):
    """Run the command: what it printed, and its exit status."""
    out = StringIO()
    try:
        call_command("alerts", *arguments, stdout=out)
    except SystemExit as ended:
        return out.getvalue(), ended.code
    return out.getvalue(), 0


def test_the_command_prints_a_line_each_and_exits_with_1_only_where_there_is_something(monkeypatch):
    monkeypatch.setattr(conditions, "found", lambda: FULL | FAILED)
    assert alerts() == ("\n".join(mailing.lines(FULL | FAILED)) + "\n", 1)
    assert mail.outbox == []
    monkeypatch.setattr(conditions, "found", dict)
    assert alerts() == ("", 0)


def test_the_command_mails_and_remembers_in_the_file_that_it_is_given(monkeypatch, told):
    monkeypatch.setattr(conditions, "found", lambda: FULL)
    assert [alerts("--mail", "--told", str(told))[1] for _ in range(2)] == [1, 1]
    assert len(mail.outbox) == 1


def test_a_unit_that_failed_is_mailed_each_time(told):
    line = "unit yalu-backup.service: failed: journalctl -u yalu-backup.service"
    for _ in range(2):
        assert alerts("--mail", "--unit", "yalu-backup.service") == (f"{line}\n", 0)
    assert [message.body for message in mail.outbox] == [f"{line}\n"] * 2


def test_mailing_without_an_address_says_what_to_set(settings):
    settings.ALERTS_TO = []
    with pytest.raises(CommandError, match="Set ALERTS_TO, the addresses that alerts are mailed to, and EMAIL_URL."):
        alerts("--mail")


def test_a_mail_server_that_refuses_is_one_line(monkeypatch, told):
    monkeypatch.setattr(conditions, "found", lambda: FULL)
    monkeypatch.setattr(mailing, "send", lambda alerts: (_ for _ in ()).throw(ConnectionRefusedError("refused")))
    with pytest.raises(CommandError, match="Not mailed, or not noted as mailed: refused"):
        alerts("--mail", "--told", str(told))
