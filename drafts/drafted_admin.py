"""The admin of words that have drafts beside what is published: the form saves a draft, publishes or shows a preview.

Who may change an entry writes drafts. What readers see is changed by who has the permission to publish it as well:
by the form, by a draft's page, by the list, by an import, by restoring a version and by deleting.
"""

from django.contrib import messages
from django.contrib.admin.utils import quote, unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from drafts import differences, draft_mails, draft_page, previewing
from drafts.filled_form import FilledForm, mark_of
from drafts.models import HELD, Draft, contents_of
from tables.editing import state_of
from tables.models import OpenForm

SAVE, PREVIEW = "_draft", "_preview"


class ListForPublishers(ChangeList):
    """A list whose boxes only those can change who may publish."""

    def __init__(self, request, *args, **kwargs):
        super().__init__(request, *args, **kwargs)
        if not self.model_admin.may_publish(request.user):
            self.list_editable = ()


class DraftedAdmin:
    """A ModelAdmin of words with drafts; set `public_address` where an entry has no page of its own."""

    change_form_template = "admin/drafts/change_form.html"

    # --- who may do what ----------------------------------------------------------------------------------------------

    def may_publish(self, user) -> bool:
        """Whether an account may change what readers see of these entries."""
        opts = self.opts
        return all(user.has_perm(f"{opts.app_label}.{action}_{opts.model_name}") for action in ("change", "publish"))

    def may_write(self, request, entry=None) -> bool:
        return self.has_change_permission(request, entry) if entry else self.has_add_permission(request)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self.may_publish(request.user)

    def has_import_permission(self, request):
        return super().has_import_permission(request) and self.may_publish(request.user)

    def may_restore(self, request, entry):
        return super().may_restore(request, entry) and self.may_publish(request.user)

    def get_changelist(self, request, **kwargs):
        return ListForPublishers

    # --- what readers would see ---------------------------------------------------------------------------------------

    def as_published(self, entry):
        """Bring an entry that is stored for a preview to where readers see it."""
        return entry

    def public_address(self, entry) -> str:
        """The public page on which an entry stands."""
        return entry.get_absolute_url()

    # --- the form -----------------------------------------------------------------------------------------------------

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Save a draft or show a preview where that was asked; else do as the admin does, with the draft shown."""
        entry = self.get_object(request, unquote(object_id)) if object_id else None
        draft = self._draft_of(request, entry)
        if getattr(request, "is_kept", False):  # sent after its session had ended: it comes back as it was, unsaved
            pass
        elif request.method == "POST":
            answer = self._answer(request, entry, draft, object_id, form_url)
            if answer is not None:
                return answer
            if not self.may_publish(request.user):
                raise PermissionDenied
        elif draft and self.may_write(request, entry) and "published" not in request.GET:
            request.typed = draft.form_data
        about = self._about(request, entry, draft)
        return super().changeform_view(request, object_id, form_url, about | (extra_context or {}))

    def _answer(self, request, entry, draft, object_id, form_url):
        """What a button answers that publishes nothing; None for the others."""
        if SAVE not in request.POST and PREVIEW not in request.POST:
            return None
        if (object_id and entry is None) or not self.may_write(request, entry):
            raise PermissionDenied
        if SAVE in request.POST:
            return self._save_draft(request, entry, draft, object_id, form_url)
        filled = FilledForm(self, request.POST, entry)
        if not filled.is_valid:
            messages.error(request, _("There is no preview yet: the form has errors. They are marked below."))
            return self._typed_again(request, entry, draft, object_id, form_url)
        return previewing.shown(request, filled)

    def _typed_again(self, request, entry, draft, object_id, form_url):
        """Show the form as it was sent, and save nothing."""
        request.typed, request.method = request.POST.copy(), "GET"
        return super().changeform_view(request, object_id, form_url, self._about(request, entry, draft))

    def _about(self, request, entry, draft):
        typed = getattr(request, "typed", None)
        return {
            "draft": draft,
            "shows_draft": draft is not None and typed is not None,
            "draft_url": draft and self.draft_url("draft", draft.pk),
            "held": draft.version if draft and typed is not None else request.POST.get(HELD, ""),
            "anchor": draft_page.anchor_of(self, entry) if entry else "",
            "may_publish": self.may_publish(request.user),
            "may_write": self.may_write(request, entry),
        }

    def _draft_of(self, request, entry):
        """The draft of an entry, or that of a new one which the address names."""
        if entry is not None:
            return Draft.objects.of(self.model, entry.pk).select_related("author").first()
        asked = request.GET.get("draft", "")
        found = (
            Draft.objects.of(self.model).filter(object_pk="", pk=asked) if asked.isdecimal() else Draft.objects.none()
        )
        return found.select_related("author").first()

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form; filled with what was typed where that is shown again."""
        form = super().get_form(request, obj, change, **kwargs)
        typed = getattr(request, "typed", None)
        return form if typed is None else _filled_with(form, typed)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        typed = getattr(request, "typed", None)
        return given | {"data": typed} if typed is not None and f"{prefix}-TOTAL_FORMS" in typed else given

    # --- drafts -------------------------------------------------------------------------------------------------------

    def _save_draft(self, request, entry, draft, object_id, form_url):
        if draft and request.POST.get(HELD) != draft.version:
            words = {"who": draft.author or _("somebody"), "when": date_format(draft.saved, "DATETIME_FORMAT")}
            told = _("Not saved: %(who)s saved another draft of this entry on %(when)s. Compare it with yours.") % words
            again = _("“Save as draft” puts yours in its place.")
            url = self.draft_url("draft", draft.pk)
            link = format_html('{} <a href="{}">{}</a> {}', told, url, _("The other draft"), again)
            messages.error(request, link)
            return self._typed_again(request, entry, draft, object_id, form_url)
        filled = FilledForm(self, request.POST, entry)
        if entry is not None and draft is None and not filled.form.has_changed() and not _have_changed(filled.formsets):
            messages.info(request, _("No draft was saved: the form does not differ from what is published."))
            return HttpResponseRedirect(request.get_full_path())
        stored = self._store(request, entry, draft, filled)
        messages.success(request, _("The draft was saved. Readers do not see it yet."))
        return HttpResponseRedirect(self.draft_url("draft", stored.pk))

    def _store(self, request, entry, draft, filled):
        """Keep what was typed. An hour that was set holds for what was written then, so it is called off."""
        is_news = draft is None or draft.author_id != request.user.pk
        draft = draft or Draft(object_pk="" if entry is None else str(entry.pk))
        title = str(self.model._default_manager.get(pk=entry.pk))[:200] if entry is not None else filled.title
        draft.title, draft.contents = title, contents_of(request.POST)
        draft.content_type = _content_type(self.model)
        draft.author, draft.saved = request.user, timezone.now()
        draft.mark = "" if self._has_moved(request, entry) else mark_of(self, entry)
        draft.publish_at, draft.publisher, draft.fault = None, None, ""
        draft.save()
        if is_news and not self.may_publish(request.user):
            draft_mails.tell(draft)
        OpenForm.objects.filter(kind=self.opts.label_lower, key=draft.object_pk, user=request.user).delete()
        return draft

    def _has_moved(self, request, entry):
        """Whether what is published is not what the form was opened over (tables.editing)."""
        loaded = request.editing.loaded if entry is not None and hasattr(request, "editing") else None
        return loaded is not None and loaded != state_of(self, request, self.get_object(request, entry.pk))

    def _forget_shown_draft(self, request):
        """Take away the draft that the form showed, since it is published; another that came meanwhile stays."""
        held = request.POST.get(HELD, "").split(" ", 1)
        if len(held) == 2 and held[0].isdecimal():
            for draft in Draft.objects.of(self.model).filter(pk=held[0]):
                if draft.version == request.POST[HELD]:
                    draft.delete()

    def response_add(self, request, obj, post_url_continue=None):
        self._forget_shown_draft(request)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        self._forget_shown_draft(request)
        return super().response_change(request, obj)

    # --- pages --------------------------------------------------------------------------------------------------------

    def draft_url(self, page, *args) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)

    def entry_url(self, draft) -> str:
        """The form that shows a draft."""
        if draft.object_pk:
            return self.draft_url("change", quote(draft.object_pk))
        return f"{self.draft_url('add')}?draft={draft.pk}"

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        pages = [
            ("drafts/", self.drafts_view, "drafts"),
            ("drafts/<int:pk>/", self.draft_view, "draft"),
            ("drafts/<int:pk>/preview/", self.draft_preview_view, "draft_preview"),
        ]
        named = [path(route, self.admin_site.admin_view(view), name=f"{name}_{page}") for route, view, page in pages]
        return [*named, *super().get_urls()]

    def _asked_draft(self, request, pk):
        """The draft of an address; None, with a message, where somebody was quicker."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        draft = Draft.objects.of(self.model).select_related("author", "publisher").filter(pk=pk).first()
        if draft is None:
            messages.warning(request, _("The draft is not there any more: it was published or discarded."))
        return draft

    def drafts_view(self, request: HttpRequest) -> HttpResponse:
        """List the drafts of these entries."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return draft_page.listed(self, request)

    def draft_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show a draft beside what is published; publish it, set its hour, call that off, or discard it."""
        draft = self._asked_draft(request, pk)
        if draft is None:
            return HttpResponseRedirect(self.draft_url("drafts"))
        page = draft_page.done if request.method == "POST" else draft_page.shown
        return page(self, request, draft)

    def draft_preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the public page with a draft in place."""
        draft = self._asked_draft(request, pk)
        if draft is None:
            return HttpResponseRedirect(self.draft_url("drafts"))
        return draft_page.previewed(self, request, draft)

    def render_history_view(self, request, template, context, **kwargs):
        """Show in what an earlier version differs from what is published."""
        if template == self.object_history_form_template:
            version = context["original"]
            fields = [name for name in context["adminform"].form.fields if name not in self.kept_when_restored]
            now = self.model._default_manager.filter(pk=version.pk).first()
            context["differences"] = differences.of_versions(now, version, fields) if now else []
        return super().render_history_view(request, template, context, **kwargs)

    def changelist_view(self, request, extra_context=None):
        count = Draft.objects.of(self.model).count()
        label = _("Drafts (%(count)s)") % {"count": count} if count else _("Drafts")
        places = [{"url": self.draft_url("drafts"), "label": label}]
        more = {"places": places + (extra_context or {}).pop("places", [])}
        return super().changelist_view(request, more | (extra_context or {}))


def _content_type(model):
    from django.contrib.contenttypes.models import ContentType

    return ContentType.objects.get_for_model(model)


def _have_changed(formsets):
    return any(formset.has_changed() for formset in formsets)


def _filled_with(form_class, typed: QueryDict):
    """A form class whose forms are always filled with what was typed."""

    class Typed(form_class):
        def __init__(self, *args, initial=None, instance=None, **kwargs):
            super().__init__(typed, instance=instance)

    return Typed
