"""Walks the addresses of the admin with each kind of account, and tells what each could do there."""

from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from tests.accounts import site
from tests.accounts.attempts import attempt


def walk(row: str, accounts: dict) -> list[str]:
    """What each account may do at the address of a row: ["–", "r", "w", …]."""
    root = client_of(User.objects.get(username="root"))
    tried = attempt(row, root, accounts)
    return [of_account(tried, account) for account in accounts.values()]


def client_of(account) -> Client:
    client = Client(raise_request_exception=True)
    if account is not None:
        client.force_login(account)
    return client


def of_account(tried, account) -> str:
    """What one account may: "w" if its form changed anything, "r" if it gets the page, "–" otherwise."""
    client = client_of(account)
    read = is_shown(client.get(tried.address, follow=True))
    with transaction.atomic():
        form = tried.form(account)
        before = site.state()
        answer = client.post(tried.address, form)
        is_changed = site.state() != before
        transaction.set_rollback(True)
    return "w" if is_changed else "r" if read or answer.status_code == 200 else "–"


def is_shown(answer) -> bool:
    """Whether the page is given, or one that it leads to; not the login, nor a refusal."""
    return answer.status_code == 200 and "/login/" not in answer.request["PATH_INFO"]
