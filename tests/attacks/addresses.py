"""Every address that the urlconf has, filled with what the site of tests/accounts/site.py holds: none is left out."""

import re
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, get_resolver

from faq.models import Question
from tests.accounts.attempts import the
from tests.accounts.objects import OBJECTS
from tests.samples import soaking
from trade.models import UploadFile

FORMS = ("json", "views.json", "csv", "svg", "png", "xlsx")
COSTLY = (".png", ".xlsx", ".views.json")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# What a parameter of a public address holds, by the word before it.
PUBLIC = {
    "provinces/<slug>": ["provinces/cn-ln"],
    "commodities/<slug>": ["commodities/v", "commodities/2701"],
    "data/<slug>": ["data/china-provinces"],
    "questions/<slug>": ["questions/why-2017"],
    "datasets/<slug>": ["datasets/china-provinces"],
    "<form>": FORMS,
    "preview/draft/<token>": ["preview/draft/no-token"],
    "preview/<token>/<path>": ["preview/no-token/provinces/"],
    "preview/<token>": ["preview/no-token"],
    "latest/<name>": ["latest/data.csv", "latest/workbook.xlsx"],
    "<n>/<name>": ["2/data.csv", "2/chart.json", "2/README.md", "2/chart-to_dprk.svg"],
    "<n>": ["2"],
    "<number>": ["2371"],
    "<rest>": ["nothing", "datasets/"],
}
REGULAR = {  # addresses that the urlconf writes as regular expressions
    r"admin/^(?P<app_label>trade|faq|sanctions|site_texts|auth|mfa|accounts|django_tasks_database)/$": "admin/faq/",
    "admin/guide/<name>/": "admin/guide/data-formats/",
    "admin/guide/screenshots/<name>.png": "admin/guide/screenshots/desk-upload.png",
    r"^admin/faq/(?P<rest>(?:resolution|measure)/.*)$": "admin/faq/measure/add/",
    r"admin/(?P<url>.*)$": "admin/nothing",
    r"accounts/^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "accounts/password/reset/1-set-password/",
}


class Route(NamedTuple):
    """An address as the urlconf has it: Route("admin/trade/province/<object_id>/change/", "trade_province_change")."""

    text: str
    name: str | None

    @property
    def is_public(self) -> bool:
        return not self.text.lstrip("^").startswith(("admin/", "accounts/"))


def routes() -> list[Route]:
    return list(_routes(get_resolver().url_patterns))


def _routes(patterns, before=""):
    for pattern in patterns:
        text = before + PARAMETER.sub(r"<\1>", str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield Route(text, pattern.name)
        else:
            yield from _routes(pattern.url_patterns, text)


def public() -> list[str]:
    """The addresses of readers and programs, which need no database to be named: ["/", "/provinces/", …]."""
    return [address for route in routes() if route.is_public for address in _public(f"/{route.text}")]


def _public(text):
    for part, values in PUBLIC.items():
        if part in text:
            return [found for value in values for found in _public(text.replace(part, value, 1))]
    assert "<" not in text, f"Say in PUBLIC what stands in {text}."
    return [text]


def of_staff() -> list[str]:
    """The addresses of the admin and of accounts, with the objects that are in the database."""
    return [f"/{_of_staff(route.text)}" for route in routes() if not route.is_public]


def _of_staff(text):
    if text in REGULAR:
        return REGULAR[text]
    if "admin/r/" in text:
        return f"admin/r/{ContentType.objects.get_for_model(Question).pk}/{an_object('faq_question').pk}/"
    if "annotated" in text:
        file = UploadFile.objects.filter(upload__state="refused").first()
        return f"admin/trade/upload/{file.upload_id}/annotated/{file.pk}/"
    if "([^/]+)/history/([^/]+)" in text:
        entry = an_object("_".join(text.split("/")[1:3]))
        return f"{text.partition('^')[0]}{entry.pk}/history/{entry.history.earliest().pk}/"
    return PARAMETER.sub(lambda _match: str(an_object(_model(text)).pk), text)


def _model(text):
    """The model whose object an address names: "admin/trade/province/<object_id>/" -> "trade_province"."""
    name = "_".join(text.split("/")[1:3])
    return name if name in OBJECTS else "mfa_authenticator"


def an_object(model):
    """The object that tests of accounts look at, or where it bears another name, the first of its kind."""
    return the(model) or OBJECTS[model][0]._base_manager.order_by("pk").first()


def every() -> list[str]:
    """All of them in a soak; else without pictures and workbooks, which take longest to make."""
    return [address for address in public() if soaking() or not address.endswith(COSTLY)] + of_staff()
