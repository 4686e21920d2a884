"""What the settings of accounts do: who is warned in production, and who may try the site out."""

import pytest
from django.conf import settings as real_settings

from accounts import deployment_checks
from tests.accounts.logins import is_in, log_in
from trade.management.commands import demo


@pytest.mark.parametrize(
    ("mail", "second_factor", "warned"),
    [
        ("", True, ["accounts.W001"]),
        ("smtp://localhost:25", False, ["accounts.W002"]),
        ("smtp://localhost:25", ["Publisher"], []),
    ],
)
def test_production_without_mail_or_second_factor_is_warned_of(settings, mail, second_factor, warned):
    settings.EMAIL_URL, settings.SECOND_FACTOR = mail, second_factor
    found = deployment_checks.mail(None) + deployment_checks.second_factor(None)
    assert [warning.id for warning in found] == warned


def test_the_demonstration_login_opens_the_admin_by_its_group_and_is_no_superuser(groups, capsys):
    demo.Command()._login()
    said = capsys.readouterr().out
    name, password = said.splitlines()[0].rpartition(": ")[2].split(" / ")
    client, _answer = log_in(name, password)
    assert is_in(client)
    assert client.get("/admin/faq/question/add/").status_code == 200
    assert client.get("/admin/accounts/logentry/").status_code == 200
    assert not client.get("/admin/").wsgi_request.user.is_superuser
    assert "needs no second factor here" in said
    assert real_settings.SECOND_FACTOR is False
