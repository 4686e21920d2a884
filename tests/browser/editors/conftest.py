"""An editor who works with a mouse, and one who works with the keyboard alone, at a desk of their own."""

import pytest

from tests.browser.editors.hands import Effort, Keyboard, Mouse
from tests.browser.pages import sign_in

PASSWORD = "a-long-password-for-the-tests"
ACCOUNT = """
from django.contrib.auth.models import Group, User
user, made = User.objects.get_or_create(username="{name}", defaults={{"is_staff": True, "is_superuser": not {groups}}})
user.set_password("{password}")
user.email = "{name}@example.org"
user.save()
user.groups.set(Group.objects.filter(name__in={groups}))
"""


def pytest_collection_modifyitems(items):
    """All tasks are done in a soak; `make test` does those that are marked as usual."""
    for item in items:
        if "tests/browser/editors/" in str(item.path).replace("\\", "/") and not item.get_closest_marker("usual"):
            item.add_marker(pytest.mark.soak)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem):
    """At the end of a task, tell what it took: pytest prints it when all tests have run."""
    done = yield
    if hands := pyfuncitem.funcargs.get("hands"):
        pyfuncitem.user_properties.append(("told", hands.told(pyfuncitem.originalname)))
    return done


@pytest.fixture(params=[Mouse, Keyboard], ids=["mouse", "keyboard"])
def hands(request, site, new_page):
    """The hands of an administrator on the first page of the desk."""
    hands = request.param(new_page(locale="en-GB"), Effort())
    sign_in(hands.page, site)
    hands.start()
    return hands


@pytest.fixture
def colleague(site, new_page, hands):
    """Make the hands of somebody else, of the same kind, in a browser of their own: `colleague("kim", "Publisher")`."""

    def colleague(name, *groups):
        site.manage("shell", "-c", ACCOUNT.format(name=name, groups=list(groups), password=PASSWORD))
        others = type(hands)(new_page(locale="en-GB"), Effort())
        others.page.goto("/admin/")
        log_in(others.page, name)
        return others

    return colleague


def log_in(page, name, password=PASSWORD):
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.locator("#logout-form").wait_for()


@pytest.fixture
def reader(new_page):
    """A page of a reader, who has no account."""
    return new_page()
