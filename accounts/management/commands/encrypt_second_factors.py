"""manage.py encrypt_second_factors: the last step of a change of SECRET_KEY."""

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from accounts import stored_secrets


class Command(BaseCommand):
    help = "Store the secrets of all second factors under the present SECRET_KEY, so that its fallbacks can go."

    def handle(self, *args, **options):
        lost = stored_secrets.write_anew(Authenticator.objects.all())
        if lost:
            names = sorted(set(Authenticator.objects.filter(pk__in=lost).values_list("user__username", flat=True)))
            raise CommandError(
                f"Second factors of these accounts cannot be read: {', '.join(names)}. Put the SECRET_KEY under which "
                "they were stored into SECRET_KEY_FALLBACKS, or run manage.py forget_second_factor ACCOUNT."
            )
        self.stdout.write("All second factors are stored under the present SECRET_KEY.")
