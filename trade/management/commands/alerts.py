"""manage.py alerts [--mail]: print what needs a person, a line each; exit 1 where there is something."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from trade.pages.watch import conditions, mailing


class Command(BaseCommand):
    help = (
        "Print what needs a person, a line each: a disk that is nearly full, uploads that failed, tasks that nobody"
        " does, what /readyz names. Exits with 1 where there is something. Run it every five minutes."
    )

    def add_arguments(self, parser):
        parser.add_argument("--mail", action="store_true", help="mail to ALERTS_TO what is new, or lasts for a day")
        parser.add_argument("--told", type=Path, metavar="FILE", help="what was mailed last (VAR_DIR/alerts.json)")
        parser.add_argument("--unit", metavar="NAME", help="say that a unit of systemd has failed, and look at nothing")

    def handle(self, *args, **options):
        if options["mail"] and not (settings.ALERTS_TO and settings.EMAIL_URL):
            raise CommandError("Set ALERTS_TO, the addresses that alerts are mailed to, and EMAIL_URL.")
        unit = options["unit"]
        alerts = {f"unit {unit}": f"failed: journalctl -u {unit}"} if unit else conditions.found()
        for line in mailing.lines(alerts):
            self.stdout.write(line)
        if options["mail"]:
            self._mail(alerts, options)
        if alerts and not unit:
            raise SystemExit(1)

    def _mail(self, alerts, options):
        try:
            if options["unit"]:
                mailing.send(alerts)
            else:
                mailing.mail_what_is_new(alerts, options["told"] or settings.VAR_DIR / "alerts.json")
        except OSError as error:
            raise CommandError(f"Not mailed, or not noted as mailed: {error}") from None
