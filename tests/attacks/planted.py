"""A site in which every text that somebody can write is an attack: names, notes, files, attempts to log in."""

import io

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import models
from django_tasks_db.models import DBTaskResult
from openpyxl import Workbook

from faq.models import Question
from sanctions.models import Measure, Resolution
from tests.accounts import site
from tests.accounts.logins import log_in
from tests.trade import sites
from tests.trade.sites import reported
from trade.models import Alias, Annotation, Chapter, Commodity, Dataset, Province, Section, Upload
from trade.publishing import staging, uploads

# From the longest, that leaves every place in which a page may put it, to what fits into ten characters.
TEXTS = [
    "=1+1\"'`></title></textarea></script></style></svg>--> ]]><xss-mark xss-mark=1 onclick=a()>{{7*7}}",
    "=1\"'><xss-mark xss-mark onclick=a()>",
    '="><xss-mark onclick=a()>',
    "=<xss-mark>",
    "<xss-mark>",
]
LINKS = [
    "javascript:a()//<xss-mark>",
    "data:text/html,<xss-mark>",
    "https://x.example/\"'><xss-mark/xss-mark/onclick=a()>",
]
NAME = "=1\"'><xss-mark xss-mark onclick=a()>"  # what a file may be called
MARKDOWN = "\n\n".join(
    [
        TEXTS[0], "<script>a()</script>", "<img src=x onerror=a()>", "[x](javascript:a())", "[x](JaVaScRiPt&#58;a())",
        "[x](java&Tab;script:a())", "![x](javascript:a())", "![x](data:text/html;base64,PHNjcmlwdD4=)",
        "<javascript:a()>", "[x][r]", "[r]: javascript:a() \"><xss-mark onclick=a()>\"",
        "[x](https://x.example \"'><xss-mark onclick=a()>\")",
        "```\"><xss-mark onclick=a()>\nx\n```", "<svg><style><img src=x onerror=a()></style></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=a()&gt;\">",
        "<a href=\"data:text/html,<xss-mark>\">x</a>", "# =1<xss-mark>", "| a |\n|--|\n| <xss-mark> |",
        "<details ontoggle=a() open>",
        "&lt;xss-mark onclick=a()&gt;", "<a href='//evil.example' target=_blank onclick=a()>x</a>",
        "<form action=x><input name=next>",
    ]
)  # fmt: skip


def publish():
    sites.name_things()
    Province.objects.exclude(code__in=("CN-LN", "CN-JL", "CN-HL")).delete()
    for model in (Province, Section, Chapter, Commodity, Dataset):
        plant(model)
    notes = [{**row, "note": TEXTS[0]} for row in sites.PLACES if row["value_usd"]]
    sites.release("china-provinces", [*sites.PLACES[3:4], *notes], note=TEXTS[0])
    sites.release("china-provinces", [reported("CN-LN", 2023, 1_600_000, note=TEXTS[1])], note=f"**{TEXTS[0]}**")
    sites.release("china-commodities", [{**row, "note": TEXTS[0]} for row in sites.GOODS], note=TEXTS[0])
    site.words()
    for model in (Alias, Annotation, Question, Resolution, Measure, Section, Chapter, Commodity):
        plant(model)
    Question.objects.update(answer=MARKDOWN)
    accounts()
    for name, content in files().items():
        send(name, content)
    Upload.objects.filter(pk=Upload.objects.order_by("pk").last().pk).update(state="failed")


def plant(model) -> None:
    """Write an attack into each text of each object of a model, as far as the model takes it."""
    for number, entry in enumerate(model._base_manager.all()):
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField) and not (field.primary_key or field.choices):
                setattr(entry, field.attname, attack(field, entry, str(number) if field.unique else ""))
        entry.save()


def attack(field, entry, more=""):
    """The longest attack that a field takes, or what it holds if it takes none."""
    for text in (*LINKS, *TEXTS) if isinstance(field, models.URLField) else TEXTS:
        try:
            if not field.is_relation and len(text + more) <= (field.max_length or 10_000):
                return field.clean(text + more, entry)
        except ValidationError:
            continue
    return getattr(entry, field.attname)


def accounts():
    """Accounts, groups and factors by such names, an attempt to log in by one, and a task that failed with one."""
    other = User.objects.create_user("other", "other@example.org", "x", is_staff=True)
    User.objects.create_user("clerk", first_name=TEXTS[0], last_name=TEXTS[0], email='"<xss-mark>"@example.org')
    User.objects.create_superuser("root")
    Group.objects.create(name=TEXTS[0])
    Authenticator.objects.create(user=other, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    log_in(TEXTS[0], "wrong", HTTP_USER_AGENT=TEXTS[0])
    facts = {"args_kwargs": {"args": [TEXTS[0]], "kwargs": {}}, "exception_class_path": TEXTS[1], "traceback": TEXTS[0]}
    DBTaskResult.objects.create(
        task_path="trade.tasks.stage_upload", backend_name="default", status="FAILED",
        run_after="2026-01-01T00:00Z", **facts,
    )  # fmt: skip


def files() -> dict[str, bytes]:
    """Files that are refused, asked about and taken, with attacks in names, heads, cells, sheets and members."""
    cell = '"' + TEXTS[0].replace('"', '""') + '"'
    return {
        f"{NAME}.csv": f"province,year,flow,reported_usd\n{cell},2016,to_dprk,5\n".encode(),
        f"1{NAME}.csv": f"province,year,flow,reported_usd\nCN-LN,{cell},{cell},{cell}\n".encode(),
        f"2{NAME}.csv": f"province,year,flow,reported_usd,{cell}\nCN-LN,2016,to_dprk,5,{cell}\n".encode(),
        f"3{NAME}.csv": f"{cell},{cell}\n{cell},{cell}\n".encode(),
        f"4{NAME}.xlsx": workbook(),
        f"5{NAME}": b"\x00\x01<xss-mark onclick=a()>" * 20,
        f"6{NAME}.csv": b"province,year,reported_usd\nCN-LN,2016,5\n",
        f"7{NAME}.csv": f"province,year,flow,reported_usd,note\nCN-LN,2024,to_dprk,99000000,{cell}\n".encode(),
        f"8{NAME}.csv": b"province,year,flow,reported_usd\nCN-LN,2016,to_dprk,5\n",
    }


def workbook() -> bytes:
    book = Workbook()
    book.active.title = "'><xss-mark onclick=a()>"
    for row in (
        ["province", "year", "flow", "reported_usd"],
        [TEXTS[1], 2016, "to_dprk", 5],
        [None, TEXTS[2], "x", "y"],
    ):
        book.active.append(row)
    for cell in (cell for row in book.active.iter_rows() for cell in row if cell.data_type == "f"):
        cell.data_type = "s"  # as text: a formula of the file's own stays one
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def send(name, content):
    dataset, user = Dataset.objects.get(slug="china-provinces"), User.objects.get(username="other")
    staging.stage(uploads.receive(dataset, [(name, content)], user=user))
