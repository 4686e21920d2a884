"""Mails what needs a person: once when it begins, once a day while it lasts, and once when all is well again."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

AGAIN = timedelta(days=1)


class Told:
    """What was mailed last and when, kept in a file: `Told(Path("/run/yalu-alerts/told.json"))`."""

    def __init__(self, file: Path):
        self.file = file
        self.names, self.at = self._read()

    def _read(self):
        """The names and the time; nothing where the file is not there yet, or holds something else."""
        try:
            said = json.loads(self.file.read_text())
            return set(said["names"]), datetime.fromisoformat(said["at"])
        except (OSError, ValueError, KeyError, TypeError):
            return set(), None

    def is_to_be_told(self, alerts: dict[str, str], now: datetime) -> bool:
        """Tell whether something is new, was told a day ago, or is all over."""
        if not alerts:
            return bool(self.names)
        is_old = self.at is None or abs(now - self.at) >= AGAIN  # a clock may have been set back
        return is_old or not alerts.keys() <= self.names

    def remember(self, alerts: dict[str, str], now: datetime) -> None:
        """Keep the names. Raises: OSError."""
        self.file.write_text(json.dumps({"names": sorted(alerts), "at": now.isoformat()}))


def mail_what_is_new(alerts: dict[str, str], file: Path, now: datetime | None = None) -> bool:
    """Mail the alerts to ALERTS_TO if they were not told lately, and remember that; tell whether a mail was sent.

    Raises: OSError where the mail server or the file does not take it (SMTPException is one).
    """
    now, told = now or timezone.now(), Told(file)
    if not told.is_to_be_told(alerts, now):
        return False
    send(alerts)
    told.remember(alerts, now)
    return True


def send(alerts: dict[str, str]) -> None:
    """Mail the alerts, a line each, or that there are none any longer."""
    names = ", ".join(alerts)
    subject = f"{_site()}: {names[:150]}" if alerts else f"{_site()}: all is well again"
    text = "\n".join(lines(alerts)) or "Nothing needs attention any longer."
    EmailMessage(subject, f"{text}\n", to=settings.ALERTS_TO).send()


def lines(alerts: dict[str, str]) -> list[str]:
    """Write each alert as a line: ["worker: none is running, …"]."""
    return [f"{name}: {words}" for name, words in alerts.items()]


def _site():
    return settings.SITE_URL.rstrip("/").rpartition("/")[2] or "Yalu"
