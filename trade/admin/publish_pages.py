"""The part of an upload's page that publishes it: the note, the kind and the ticks, kept while they are typed.

What somebody typed is kept as their draft (trade.publishing.waiting.publish_drafts) by each button of the form, by the
filters and pages of the list of changes, which are buttons of it too, and with JavaScript while they type.
"""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from tables import kept_forms
from trade import tasks
from trade.admin.forms import PublishForm
from trade.models import Release, Upload, Worker
from trade.models import preview_link as links
from trade.publishing import by_hand
from trade.publishing.waiting import notices, planned_hours, preview_files, publish_drafts, second_person
from web import site_address

State = Upload.State
PREVIEW_PATIENCE = timedelta(minutes=3)  # after which a preview may be asked for again
LONGEST_FILTER = 100  # characters
OWNER = format_html(' form="{}"', "publish-form")  # of a control that stands elsewhere on the page


class PublishPages:
    """The views of UploadAdmin that keep drafts and publish."""

    def publish_context(self, request, upload):
        """What the page of an upload shows of drafts and of publishing."""
        why_not = second_person.refusal(upload, request.user)
        may_type = upload.state == State.STAGED and self.may_handle(request.user, upload)
        draft = publish_drafts.of(upload, request.user)
        return {
            "can_publish": request.user.has_perm("trade.publish_upload") and not why_not,
            "why_not": why_not,
            "may_type": may_type,
            "typed_into": OWNER if may_type else "",
            "keep_at": reverse("admin:trade_upload_draft", args=[upload.pk]),
            "seen": seen(upload),
            "draft": draft | {"at": _time(draft.get("at"))},
            "is_of_another": draft.get("name") not in (None, request.user.get_username()),
            "planned": _planned(upload),
            "unused_note": _unused_note(upload, request.user, draft),
            "publish_form": PublishForm(
                warnings=upload.warnings, kind=by_hand.kind(upload), initial=_initial(upload, draft)
            ),
        }

    def form_of(self, action, view):
        """Make the view of a form: who comes to its address by a link, as after a login, is led to the page of it."""

        def answer(request, pk):
            if request.method == "POST":
                return view(request, pk)
            upload = get_object_or_404(Upload.objects.select_related("dataset"), pk=pk)
            if not self.may_handle(request.user, upload):
                raise PermissionDenied
            return self._come_back(request, upload, action)

        return answer

    def _come_back(self, request, upload, action):
        """Fill a form again that was sent after its session had ended; nothing of it is done."""
        kept = kept_forms.of(request)
        if kept is None:
            return self._redirect_to_page(upload.pk)
        messages.warning(request, kept_forms.NOTICE)
        if action in ("answer", "spellings"):
            return self.change_view(request, str(upload.pk), **self.form_again(upload, action, kept))
        kept_forms.forget(request)
        if action in ("publish", "draft", "preview"):
            _keep(upload, request.user, kept)
        return self._back(upload, _filters(request.GET, kept))

    def publish_view(self, request, pk):
        """Publish an upload whose warnings are ticked; it needs a permission of its own."""
        upload = self._for_change(request, pk)
        if not request.user.has_perm("trade.publish_upload"):
            raise PermissionDenied
        _keep(upload, request.user, request.POST)
        if why_not := second_person.refusal(upload, request.user):
            messages.error(request, why_not)
            return self._back(upload, _filters(request.GET, request.POST))
        if request.POST.get("seen") != seen(upload):
            again = _(
                "This upload has been compared again since you opened the page. Your note is kept. Review the new "
                "comparison."
            )
            messages.warning(request, again)
            return self._back(upload, _filters(request.GET, request.POST))
        form = PublishForm(request.POST, warnings=upload.warnings, kind=by_hand.kind(upload))
        if not form.is_valid():
            request.GET = _filters(request.GET, request.POST)
            return self.change_view(request, str(pk), publish_form=form)
        if not self._begin_publishing(request, upload, form.cleaned_data):
            _tell_who_was_first(request, upload)
        return self._redirect_to_page(pk)

    def _begin_publishing(self, request, upload, chosen):
        """Have the worker publish, at once or at an hour; only the first of two clicks finds the upload staged."""
        if at := chosen["publish_at"]:
            words = {"note": chosen["note"], "kind": chosen["kind"]}
            if planned := planned_hours.plan(upload, request.user, **words, at=at):
                tasks.tell(upload.pk, notices.PLANNED, request.user)
            return planned
        begun = {"state": State.PUBLISHING, "heartbeat": timezone.now(), "progress": "", "interruption": ""}
        with transaction.atomic():
            if not Upload.objects.filter(pk=upload.pk, state=State.STAGED).update(**begun):
                return False
            publish_drafts.choose(upload, request.user, note=chosen["note"], kind=chosen["kind"])
            tasks.publish_upload.enqueue(upload.pk, chosen["note"], chosen["kind"], request.user.pk)
        return True

    def preview_view(self, request, pk):
        """Keep what is typed, and have the pages built as they would be."""
        upload = self._for_change(request, pk)
        if "note" in request.POST:
            _keep(upload, request.user, request.POST)
        if self._may_build(request.user, upload):
            with transaction.atomic():
                preview_files.ask(upload, request.user)
                tasks.build_preview.enqueue(pk)
        return redirect("admin:trade_upload_previewed", pk)

    def previewed_view(self, request, pk):
        """Show the link to a preview, or that it is being built."""
        upload = get_object_or_404(Upload.objects.select_related("dataset", "base", "user"), pk=pk)
        if not self.has_view_permission(request, upload):
            raise PermissionDenied
        preview = upload.preview
        asked = preview.get("state") == "asked"
        is_late = asked and timezone.now() - parse_datetime(preview["at"]) > PREVIEW_PATIENCE
        ended = links.why_ended(upload, preview["key"]) if preview.get("state") == "ready" else ""
        context = self.admin_site.each_context(request) | {
            "title": _("Preview"),
            "opts": self.opts,
            "upload": upload,
            "preview": preview,
            "ended": ended,
            "is_ready": preview.get("state") == "ready" and not ended,
            "is_asked": asked,
            "is_late": is_late,
            "no_worker": asked and not Worker.objects.are_alive(),
            "may_build": (not asked or is_late) and self._may_build(request.user, upload),
        }
        if context["is_ready"]:
            address = reverse("preview", args=[links.token_of(upload)])
            times = {"made": parse_datetime(preview["at"]), "until": links.expires(upload)}
            context |= {name: planned_hours.in_words(time) for name, time in times.items()}
            context["address"] = site_address.whole(request, address)
        return TemplateResponse(request, "admin/trade/upload/preview.html", context)

    def _may_build(self, user, upload):
        return self.may_handle(user, upload) and upload.state in (State.STAGED, State.SCHEDULED)

    def call_off_view(self, request, pk):
        """Call off what was to be published at an hour."""
        upload = self._for_change(request, pk)
        if planned_hours.call_off(upload, request.user):
            tasks.tell(upload.pk, notices.CALLED_OFF, request.user)
            messages.success(request, _("The publication was called off. The note is kept."))
        else:
            messages.error(request, _("This could not be called off, because it was begun or called off before."))
        return self._redirect_to_page(pk)

    def draft_view(self, request, pk):
        """Keep what is typed, and show the part of the list of changes that was asked for."""
        upload = self._for_change(request, pk)
        _keep(upload, request.user, request.POST)
        if request.headers.get("Accept") == "application/json":
            return HttpResponse(status=204)
        if "save" in request.POST:
            messages.success(request, _("Your draft was saved. Nothing is published yet."))
        return self._back(upload, _filters(request.GET, request.POST))

    def _back(self, upload, filters):
        """Lead to the page of the upload, with its filters as they were."""
        address = reverse("admin:trade_upload_change", args=[upload.pk])
        return redirect(f"{address}?{filters.urlencode()}#changes" if filters else address)


def _planned(upload):
    """What is to be published at an hour: {"note": "…", "name": "kim", "kind": "correction", "time": "28 …"}."""
    if upload.state != State.SCHEDULED:
        return None
    chosen = publish_drafts.chosen(upload)
    kind = Release.Kind(by_hand.kind(upload) or chosen["kind"]).label
    return chosen | {"time": planned_hours.in_words(upload.publish_at), "kind": kind}


def _keep(upload, user, typed):
    """Keep what is typed as the draft of whoever typed it."""
    ticks = {value[:16] for name, value in typed.items() if name.startswith("warning_")}
    words = {name: typed.get(name, "") for name in ("note", "kind", "publish_at")}
    publish_drafts.keep(upload, user, ticks=ticks, **words)


def _filters(query, posted):
    """The query string of the list of changes: that of the button that was pressed, or what the filters hold."""
    asked = query or posted
    ours = {"csrfmiddlewaretoken", "seen", "save", *PublishForm.base_fields}
    filters = QueryDict(mutable=True)
    for name, value in asked.items():
        if name not in ours and not name.startswith("warning_") and value.strip():
            filters[name[:LONGEST_FILTER]] = value[:LONGEST_FILTER]
    return filters


def _initial(upload, draft):
    """What the form shows first: the draft, with a tick at each warning that reads as it did."""
    marks = enumerate(publish_drafts.mark(warning["text"]) for warning in upload.warnings)
    ticks = {f"warning_{n}": mark in draft["ticks"] for n, mark in marks}
    is_ahead = draft["publish_at"] > f"{timezone.localtime():%Y-%m-%dT%H:%M}"  # as the box writes it
    return {name: draft[name] for name in ("note", "kind")} | {"publish_at": draft["publish_at"] * is_ahead} | ticks


def _tell_who_was_first(request, upload):
    """Say that somebody else publishes an upload, or has published it, unless it was a second click."""
    upload.refresh_from_db()
    chosen = publish_drafts.chosen(upload)
    if not chosen or chosen["user"] == request.user.pk:
        return
    release = Release.objects.filter(upload=upload).first()
    note = release.note if release else chosen["note"]
    words = {"name": chosen["name"], "time": _time(chosen["at"]), "note": note}
    text = _(
        "%(name)s published this upload at %(time)s, before you. Your own note was not used; it is kept on this page. "
        "The note that was used: “%(note)s”"
    )
    messages.warning(request, text % words)


def _unused_note(upload, user, draft):
    """The note that somebody typed for an upload that another published."""
    chosen = publish_drafts.chosen(upload)
    is_gone = upload.state in (State.PUBLISHING, State.PUBLISHED) and chosen.get("user") not in (None, user.pk)
    return draft["note"] if is_gone and draft.get("name") == user.get_username() else ""


def _time(at):
    return date_format(timezone.localtime(parse_datetime(at)), "H:i T") if at else ""


def seen(upload: Upload) -> str:
    """Name what the page of an upload shows, so that nothing else is published than what was looked at."""
    return salted_hmac("trade.admin.publish_pages.seen", upload.diff.name).hexdigest()[:16]
