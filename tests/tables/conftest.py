import pytest


@pytest.fixture
def editor(client, words, db):
    """A logged-in editor who may do everything but is no superuser."""
    from django.contrib.auth.models import Permission, User  # Django loads after this file

    user = User.objects.create_user("editor", password="x", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label__in=["trade", "sanctions", "faq"]))
    client.force_login(user)
    return client
