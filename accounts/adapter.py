"""What allauth asks of this site: nobody signs up, and guessing is slowed before a password is looked at."""

from allauth.account.adapter import DefaultAccountAdapter

from accounts import guessing


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Accounts are made in the admin."""
        return False

    def pre_authenticate(self, request, **credentials):
        """Refuse an attempt that is one too many; allauth's own limit, by account alone, is off in the settings."""
        guessing.check_password_attempt(request, credentials.get("username", ""))
        super().pre_authenticate(request, **credentials)
