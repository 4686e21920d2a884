"""What the first page of the admin shows of uploads and releases; settings.TEMPLATES names it as the library "desk".

{% desk as page %} gives whether the account "may_upload" and "may_correct", and the lists "waiting", "to_mend",
"scheduled", "at_work", "releases" and "words" of {"label", "url", "about"}: each bounded, each found by one query, or
two where uploads name their files. Nothing is listed that the account may not open.
"""

from datetime import timedelta

from django import template
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from drafts.models import Draft
from trade import providers
from trade.admin.corrections.requests import may_correct
from trade.models import Release, Upload, UploadFile
from trade.publishing.uploads import AT_WORK

MOST = 10  # of a list
RECENT = timedelta(days=30)  # what was refused longer ago is no open work
SHOWN_NAMES = 2  # files of an upload
NEEDS_MENDING = (Upload.State.REFUSED, Upload.State.ASKING, Upload.State.FAILED)

register = template.Library()


@register.simple_tag(takes_context=True)
def desk(context) -> dict:
    """All that the first page shows to an account."""
    user = context["request"].user
    may = {action: user.has_perm(f"trade.{action}_upload") for action in ("view", "add", "publish")}
    page = {"may_upload": may["add"], "may_correct": may_correct(user)}
    page["words"] = [*_drafts(user), *providers.to_review(user)][:MOST]
    if any(may.values()):
        page |= {
            "waiting": _listed(_waiting(user, may), _who),
            "to_mend": _listed(_mine(user), _state),
            "scheduled": _listed(_uploads(state=Upload.State.SCHEDULED).order_by("publish_at"), _hour),
            "at_work": _listed(_uploads(state__in=AT_WORK), _state),
        }
    if user.has_perm("trade.view_release"):
        newest = Release.objects.select_related("dataset", "user").order_by("-created", "-pk")[:MOST]
        page["releases"] = [_release(release) for release in newest]
    return page


def _drafts(user):
    """Drafts of questions, sanctions and notes that an account may work on."""
    drafts = Draft.objects.select_related("content_type", "author").order_by("-saved")[:MOST]
    return [_draft(draft) for draft in drafts if _may_work_on(user, draft.content_type)]


def _may_work_on(user, content_type):
    place = f"{content_type.app_label}.{{}}_{content_type.model}"
    return user.has_perm(place.format("change")) or user.has_perm(place.format("add"))


def _draft(draft):
    kind = draft.content_type.model_class()._meta.verbose_name
    words = {"kind": kind, "who": name_of(draft.author), "when": _time(draft.saved)}
    about = _("draft: %(kind)s, saved by %(who)s, %(when)s") % words
    if draft.publish_at:
        about = f"{about} · {_('to be published on %s') % _time(draft.publish_at)}"
    url = reverse(f"admin:{draft.content_type.app_label}_{draft.content_type.model}_draft", args=[draft.pk])
    return {"label": str(draft), "url": url, "about": about}


def _uploads(**wanted):
    files = Prefetch("files", UploadFile.objects.only("name", "upload_id"))
    uploads = Upload.objects.filter(**wanted).select_related("dataset", "user").prefetch_related(files)
    return uploads.defer("faults", "warnings", "questions", "remarks", "description", "summary", "draft", "preview")


def _waiting(user, may):
    """Uploads that an account may publish; who may not sees which of its own wait for somebody who may."""
    staged = _uploads(state=Upload.State.STAGED)
    if not may["publish"]:
        return staged.filter(user=user)
    return staged.exclude(dataset__needs_second_person=True, user=user)


def _mine(user):
    return _uploads(user=user, state__in=NEEDS_MENDING, created__gte=timezone.now() - RECENT)


def _listed(uploads, about):
    return [
        {
            "label": str(upload),
            "url": reverse("admin:trade_upload_change", args=[upload.pk]),
            "about": " · ".join(filter(None, [names_of_files(upload), about(upload)])),
        }
        for upload in uploads[:MOST]
    ]


def names_of_files(upload: Upload) -> str:
    """Name the files of an upload, the first ones if they are many: "a.xlsx, b.xlsx and 3 more"."""
    names = [file.name for file in upload.files.all()]
    more = len(names) - SHOWN_NAMES
    listed = ", ".join(names[:SHOWN_NAMES])
    return _("%(names)s and %(count)d more") % {"names": listed, "count": more} if more > 0 else listed


def name_of(user) -> str:
    """Name whoever did something: by the full name, where the account has one; nobody is the command line."""
    return (user.get_full_name() or user.get_username()) if user else _("the command line")


def _who(upload):
    words = {"who": name_of(upload.user), "when": _time(upload.created)}
    return _("uploaded by %(who)s, %(when)s") % words


def _state(upload):
    return f"{upload.state_in_words}, {_time(upload.created)}"


def _hour(upload):
    return _("to be published on %s") % _time(upload.publish_at)


def _time(moment):
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def _release(release):
    about = [_time(release.created), release.get_kind_display()]
    if release.withdrawn:
        about.append(_("withdrawn"))
    return {
        "label": str(release),
        "url": reverse("admin:trade_release_change", args=[release.pk]),
        "about": " · ".join(about),
    }
