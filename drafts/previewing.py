"""Shows a public page as it would be with a draft in place: the draft is stored, the page made, and all of it undone.

The page is marked as a preview. No cache keeps it and no search engine lists it.
"""

import copy
from urllib.parse import urlsplit

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import resolve
from django.utils.cache import patch_cache_control

from drafts.filled_form import FilledForm
from web.page_cache.sending import MARK


def shown(request: HttpRequest, filled: FilledForm, user=None) -> HttpResponse:
    """Answer with the public page of an entry, as readers would see it if the form were published now.

    It is stored in the name of `user`, where who asks for the page has no account.
    """
    with transaction.atomic():
        entry = filled.model_admin.as_published(filled.save(user or request.user))
        answer = page(request, filled.model_admin.public_address(entry))
        transaction.set_rollback(True)
    return marked(answer)


def page(request: HttpRequest, address: str) -> HttpResponse:
    """Make a public page anew, whatever is kept of it; its request says that nothing on it is to be kept."""
    url = urlsplit(address)
    match = resolve(url.path)
    asked = copy.copy(request)
    asked.method, asked.path, asked.path_info = "GET", url.path, url.path
    asked.META = request.META | {"REQUEST_METHOD": "GET", "PATH_INFO": url.path, "QUERY_STRING": url.query}
    asked.GET, asked.resolver_match, asked.COOKIES = QueryDict(url.query), match, {}
    asked.shows_draft = True
    view = match.func.parts["view"] if hasattr(match.func, "parts") else match.func
    answer = view(asked, *match.args, **match.kwargs)
    return answer.render() if hasattr(answer, "render") and not answer.is_rendered else answer


def marked(answer: HttpResponse) -> HttpResponse:
    """Say on a page that it is a preview, and keep it from caches and from search engines."""
    answer.content = answer.content.replace(MARK, render_to_string("admin/drafts/_preview_mark.html").encode())
    del answer["Cache-Control"]
    patch_cache_control(answer, no_store=True, private=True)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
