"""manage.py forget_second_factor ACCOUNT: let an account set up its second factor anew."""

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Take away every second factor and the recovery codes of an account that has lost them."

    def add_arguments(self, parser):
        parser.add_argument("account")

    def handle(self, *args, **options):
        found = Authenticator.objects.filter(user__username=options["account"])
        if not found:
            raise CommandError(f"“{options['account']}” has no second factor.")
        for authenticator in found:
            authenticator.delete()
        self.stdout.write(f"{options['account']} has no second factor now.")
