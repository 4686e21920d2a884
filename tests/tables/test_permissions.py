"""Permissions of the import and the export of a small table."""

import pytest
from django.contrib.auth.models import Permission, User

from tests.tables.steps import TABLES, address, exported, uploaded
from trade.models import Commodity, Province


@pytest.mark.parametrize("model", [*TABLES, Commodity])
def test_a_staff_user_without_a_permission_can_neither_import_nor_export(client, words, db, model):
    client.force_login(User.objects.create_user("clerk", password="x", is_staff=True))
    for response in (
        client.get(address(model, "import")),
        uploaded(client, model, "code\nx\n"),
        client.post(address(model, "process_import"), {"staged": "x"}),
        client.get(address(model, "export")),
        client.post(address(model, "export"), {"format": "1"}),
    ):
        assert response.status_code == 403


@pytest.mark.parametrize("permission", ["change_province", "add_province", "view_province"])
def test_an_import_needs_the_permissions_to_add_and_to_change(client, words, db, permission):
    clerk = User.objects.create_user("clerk", password="x", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename=permission))
    client.force_login(clerk)
    assert client.get(address(Province, "import")).status_code == 403
    seen = client.get(address(Province, "changelist")).content.decode() if permission != "add_province" else ""
    assert "import_link" not in seen


def test_an_export_needs_the_permission_to_view_only(client, words, db):
    clerk = User.objects.create_user("clerk", password="x", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename="view_province"))
    client.force_login(clerk)
    assert b"CN-LN" in exported(client, Province, "csv")
