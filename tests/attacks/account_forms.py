"""The forms of an account, each as somebody would send it who may: a session, the address, and what is filled in."""

from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.accounts.logins import LOGIN, PASSWORD, code, editor, log_in, with_app
from tests.accounts.passkey import Passkey
from tests.accounts.test_passkeys import added, challenge, plain
from tests.attacks import sessions

NEW = {"password1": "a-new-long-password-1", "password2": "a-new-long-password-1"}


def with_factors():
    return sessions.logged_in(sessions.superuser())


def with_passkey():
    """A superuser's session in which a passkey was added, and that key."""
    editor(is_superuser=True)
    key = Passkey()
    return added(key), key


def confirmed(**more) -> Client:
    """A session in which the password was just confirmed, as changes of factors ask for."""
    editor()
    client, _answer = log_in(**more)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD}, **more)
    return client


def login():
    editor()
    return Client(), LOGIN, {"login": "editor", "password": PASSWORD}


def logout():
    return with_factors(), reverse("account_logout"), {}


def confirm():
    editor()
    return log_in()[0], reverse("account_reauthenticate"), {"password": PASSWORD}


def change_password():
    editor()
    return log_in()[0], reverse("account_change_password"), {"oldpassword": PASSWORD} | NEW


def set_password():
    user = editor()
    user.set_unusable_password()
    user.save()
    client = Client()
    client.force_login(user)
    return client, reverse("account_set_password"), NEW


def switch_mails_off():
    editor()
    return log_in()[0], reverse("account_mails"), {}


def ask_for_a_link():
    editor()
    return Client(), reverse("account_reset_password"), {"email": "editor@example.org"}


def use_the_link():
    editor()
    client = Client()
    client.post(reverse("account_reset_password"), {"email": "editor@example.org"})
    link = next(word for word in mail.outbox[-1].body.split() if "/password/reset/" in word)
    page = client.get(link, follow=True)
    return client, page.request["PATH_INFO"], NEW


def enter_a_code():
    with_app(editor())
    return log_in()[0], reverse("mfa_authenticate"), {"code": code()}


def confirm_by_a_code():
    return with_factors(), reverse("mfa_reauthenticate"), {"code": code(1)}


def set_up_an_app():
    client, address = confirmed(), reverse("mfa_activate_totp")
    return client, address, {"code": code(secret=client.get(address).context["form"].secret)}


def take_an_app_away():
    return with_factors(), reverse("mfa_deactivate_totp"), {}


def make_recovery_codes():
    return with_factors(), reverse("mfa_generate_recovery_codes"), {}


def add_a_passkey():
    client, address = confirmed(secure=True), reverse("mfa_add_webauthn")
    asked = client.get(address, secure=True).context["js_data"]["creation_options"]
    credential = Passkey().registration(plain(asked)["challenge"])
    return client, address, {"name": "My key", "passwordless": "on", "credential": credential}


def remove_a_passkey():
    client, _key = with_passkey()
    return client, reverse("mfa_remove_webauthn", args=[passkey().pk]), {}


def rename_a_passkey():
    client, _key = with_passkey()
    return client, reverse("mfa_edit_webauthn", args=[passkey().pk]), {"name": "Another"}


def log_in_by_a_passkey():
    _client, key = with_passkey()
    visitor = Client()
    signed = key.signature(challenge(visitor), sessions.written(passkey().user))
    return visitor, reverse("mfa_login_webauthn"), {"credential": signed}


def confirm_by_a_passkey():
    client, key = with_passkey()
    address = reverse("mfa_reauthenticate_webauthn")
    asked = plain(client.get(address, secure=True).context["js_data"]["request_options"])
    return client, address, {"credential": key.signature(asked["challenge"], sessions.written(passkey().user))}


def passkey() -> Authenticator:
    return Authenticator.objects.get(type="webauthn")


FORMS = {
    "account_login": login,
    "account_logout": logout,
    "account_reauthenticate": confirm,
    "account_change_password": change_password,
    "account_set_password": set_password,
    "account_mails": switch_mails_off,
    "account_reset_password": ask_for_a_link,
    "account_reset_password_from_key": use_the_link,
    "mfa_authenticate": enter_a_code,
    "mfa_reauthenticate": confirm_by_a_code,
    "mfa_activate_totp": set_up_an_app,
    "mfa_deactivate_totp": take_an_app_away,
    "mfa_generate_recovery_codes": make_recovery_codes,
    "mfa_add_webauthn": add_a_passkey,
    "mfa_remove_webauthn": remove_a_passkey,
    "mfa_edit_webauthn": rename_a_passkey,
    "mfa_login_webauthn": log_in_by_a_passkey,
    "mfa_reauthenticate_webauthn": confirm_by_a_passkey,
}
ONLY_READ = {
    "account_inactive", "account_reset_password_done", "account_reset_password_from_key_done", "mfa_index",
    "mfa_list_webauthn", "mfa_view_recovery_codes", "mfa_download_recovery_codes",
}  # fmt: skip
