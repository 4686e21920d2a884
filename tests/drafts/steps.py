"""What editors do with drafts: fill a form in, press a button, look at what readers see."""

from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from drafts.models import Draft
from tests.accounts import page_forms

WORDS = ("question", "resolution", "measure", "event", "annotation", "announcement", "cap")


def logged_in(name, *actions):
    user = User.objects.create_user(name, password="x", is_staff=True)
    codenames = [f"{action}_{model}" for action in actions for model in WORDS]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def form_at(client, address):
    """The form of a page as the browser would send it."""
    page = client.get(address)
    assert page.status_code == 200
    return page_forms.largest(page.content.decode())


def pressed(client, address, button, **typed):
    """Fill the form of a page in and press a button of it."""
    return client.post(address, form_at(client, address) | typed | {button: "x"})


def acted(client, draft, act, **typed):
    """Press a button of a draft's page."""
    address = url(draft.content_type.model_class(), "draft", draft.pk)
    return client.post(address, form_at(client, address) | typed | {"act": act})


def drafted(client, entry, **typed):
    """Save a draft of an entry; return it."""
    model = type(entry)
    answer = pressed(client, url(model, "change", entry.pk), "_draft", **typed)
    assert answer.status_code == 302, answer.context["errors"]
    return Draft.objects.of(model, entry.pk).get()


def seen_by_readers(address):
    return Client().get(address).content.decode()
