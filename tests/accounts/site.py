"""A small site with something at each address of the admin, all of it made by others, and an account of each kind."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import LogEntry as AdminLogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from accounts.models import LogEntry
from faq.models import Question
from sanctions.models import Announcement, Cap, Event, Measure, Resolution
from site_texts.models import SiteText
from tests.trade import sites
from trade.models import Alias, Annotation, Chapter, Commodity, Dataset, Redaction, Section, Upload
from trade.publishing import staging, uploads
from trade.publishing.waiting import planned_hours

GROUPS = ["Uploader", "Publisher", "Writer of words", "Editor of words", "Administrator"]
TIDY = b"province,year,flow,reported_usd\n%s,2016,to_dprk,%d\n"
BOOKKEEPING = (Session, AdminLogEntry, LogEntry)


def make():
    sites.usual()
    words()
    other = User.objects.create_user("other", "other@example.org", "x", is_staff=True)
    User.objects.create_user("clerk", "clerk@example.org", "x", is_staff=True)
    Group.objects.create(name="Interns")
    User.objects.create_superuser("root")
    Authenticator.objects.create(user=other, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    for name in ("asking", "refused", "staged", "failed", "scheduled"):
        upload(name, other)
    DBTaskResult.objects.create(
        task_path="trade.tasks.stage_upload", args_kwargs={}, backend_name="default", status="SUCCESSFUL",
        exception_class_path="", traceback="", run_after=get_date_max(),
    )  # fmt: skip


def words():
    question = Question.objects.create(
        question="Why 2017?", answer="Sanctions.", slug="why-2017", page="both", position=1
    )
    question.answer = "Because of sanctions."
    question.save()
    Question.objects.create(question="And 2018?", answer="More.", slug="and-2018", page="both", position=2)
    resolution = Resolution.objects.create(
        number=2371, adopted="2017-08-05", title="Coal", summary="Bans coal.", url=""
    )
    resolution.summary = "Bans coal and iron."
    resolution.save()
    measure = Measure.objects.create(
        resolution=resolution, paragraph="8", position=1, direction="from_dprk", category="minerals", kind="full_ban",
        goods="coal", measure="All coal is banned.", effective_from="2017-08-05", basis="paragraph 8",
    )  # fmt: skip
    measure.goods = "coal, all of it"
    measure.save()
    Cap.objects.create(measure=measure, amount=7_500_000, unit="tonnes", period="year", since="2017-08-05")
    Announcement.objects.create(
        resolution=resolution, authority="MOFCOM", number="2017 No. 40", issued="2017-08-14", what="No imports.",
        source="a newspaper",
    )  # fmt: skip
    event = Event.objects.create(date="2020-01", until="2022-01-16", title="Border shut", source="a newspaper")
    event.title = "Border closed"
    event.save()
    Alias.objects.create(name="Liaoning of old", province_id="CN-LN")
    annotation = Annotation.objects.create(text="A node.", dataset_id="china-provinces")
    annotation.text = "A note."
    annotation.save()
    about, _is_new = SiteText.objects.get_or_create(key="about")
    about.text = "A site."
    about.save()
    Redaction.objects.create(reason="It named a person.")
    delete_one_of_each()
    Section.objects.create(number="XX", position=20, title="Miscellaneous", short_title="Miscellaneous")
    Chapter.objects.create(code="94", section_id="unspecified", title="Furniture", short_title="Furniture")
    Chapter.objects.create(code="95", section_id="unspecified", title="Toys", short_title="Toys")
    Commodity.objects.create(code="9403", chapter_id="94", title="Other furniture")
    Dataset.objects.create(
        slug="empty", kind="province", title="Empty", description="Nothing yet.", partner="China", reporter="GACC",
        source="GACC", licence="CC0", basis_to_dprk="FOB", basis_from_dprk="CIF",
    )  # fmt: skip


def delete_one_of_each():
    """Entries of words that were there once."""
    resolution = Resolution.objects.create(number=1999, adopted="2016-01-02", title="Of old")
    old = {"direction": "to_dprk", "category": "oil", "kind": "cap", "goods": "oil", "measure": "A cap."}
    gone = [
        Question.objects.create(question="Of old?", answer="No.", slug="of-old", page="both"),
        Measure.objects.create(resolution_id=2371, **old),
        Event.objects.create(date="2001", title="Of old", source="a newspaper"),
        Cap.objects.create(measure=Measure.objects.first(), amount=1, unit="usd", period="year", since="2017-08-05"),
        Announcement.objects.create(
            resolution_id=2371, authority="MOFCOM", number="of old", issued="2017-08-14", what="No.", source="a page"
        ),
        Annotation.objects.create(text="Of old.", dataset_id="china-provinces"),
        SiteText.objects.get_or_create(key="tagline")[0],
        resolution,
    ]
    for entry in gone:
        entry.delete()


def upload(name, user):
    """An upload in the state of its name, of that account."""
    content = {
        "asking": b"province,year,reported_usd\nCN-LN,2016,5\n",
        "refused": TIDY % (b"Liaonig of yore", 5),
        "staged": TIDY % (b"CN-LN", 7),
        "failed": TIDY % (b"CN-LN", 8),
        "scheduled": TIDY % (b"CN-LN", 9),
    }[name]
    kept = staging.stage(
        uploads.receive(Dataset.objects.get(slug="china-provinces"), [(f"{name}.csv", content)], user=user)
    )
    if name == "failed":
        Upload.objects.filter(pk=kept.pk).update(state="failed", heartbeat=timezone.now() - timedelta(hours=1))
        kept.refresh_from_db()
    if name == "scheduled":
        planned_hours.plan(kept, user, note="Later.", kind="scheduled", at=timezone.now() + timedelta(days=1))
        kept.refresh_from_db()
    assert kept.state == name, (kept.state, kept.faults, kept.questions)
    return kept


def accounts() -> dict[str, User | None]:
    """An account of each column of the table."""
    made = {"nobody": None, "staff": staff("staff"), "viewer": staff("viewer")}
    made["viewer"].user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    for name in GROUPS:
        made[name] = staff(name)
        made[name].groups.set(Group.objects.filter(name=name))
    return made | {"superuser": User.objects.create_superuser("another-root")}


def staff(name):
    return User.objects.create_user(name, password="x", is_staff=True)


def state() -> dict:
    """All that the database holds but sessions and logs: {"faq.Question": [{…}, …], …}."""
    models = [model for model in apps.get_models(include_auto_created=True) if model not in BOOKKEEPING]
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}
