"""Keeps the form that somebody sent after their session had ended, until they have logged in again.

Nothing of it is done. It lies in the session of the browser that sent it, for the account that filled it in, without
files, passwords and codes; the page that is shown after the login puts it back into its form.
"""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

KEY = "kept_form"
LARGEST = 200_000  # characters
SECRET = ("password", "token", "secret", "code")  # in names of fields: not kept
BUTTONS = "_"  # with which their names begin; none is pressed by itself
FORGET = "forget-kept-form"
NOTICE = _("Your session had ended when you sent this form. It is back as you left it, and nothing was done.")


def keep(request: HttpRequest, account: str) -> bool:
    """Keep a form that was sent too late; False where it is too long."""
    fields = [(name, value) for name, values in request.POST.lists() if _may_be_kept(name) for value in values]
    text = urlencode(fields)
    if not fields or len(text) > LARGEST:
        return False
    request.session[KEY] = {"path": request.path, "account": account, "form": text}
    return True


def _may_be_kept(name):
    is_button = name.startswith(BUTTONS) and name not in ("_loaded", "_popup", "_to_field")
    return not is_button and not any(word in name.lower() for word in SECRET)


def of(request: HttpRequest) -> QueryDict | None:
    """The form that was kept for a page, for who looks at it; it stays until the page's form is sent or given up."""
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path:
        return None
    if kept["account"] != str(request.user.pk) or request.method == "POST" or FORGET in request.GET:
        forget(request)
        return None
    return QueryDict(kept["form"])


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form of ours is filled with: what was sent, or what was kept, with a word about it; None at first."""
    if request.method == "POST":
        forget(request)
        return request.POST
    if kept := of(request):
        messages.warning(request, NOTICE)
    return kept


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
