"""What is tried at each address of the admin: its full valid form, as its page offers it, with one thing changed."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from drafts.models import Draft
from faq.models import Question
from tables.admin import SALT
from tests.accounts import page_forms, site
from tests.accounts.objects import KEYS, OBJECTS, UNUSED
from tests.tables.steps import staged, uploaded
from trade.admin import publish_pages
from trade.models import Upload


@dataclass
class Attempt:
    """An address, and what is sent to it, which may depend on the account that sends it."""

    address: str
    fields: dict | Callable = field(default_factory=dict)

    def form(self, account):
        return self.fields(account) if callable(self.fields) else self.fields


def attempt(row: str, root, accounts) -> Attempt:
    """What is tried at the address of a row of the table; `root` is a superuser's client, to look forms up."""
    name, _, variant = row.partition(" ")
    if row in SPECIAL:
        return SPECIAL[row](root, accounts)
    model = next(model for model in sorted(OBJECTS, key=len, reverse=True) if name.startswith(f"{model}_"))
    action = name.removeprefix(f"{model}_")
    return GENERAL[action](model, root)


def url(name, *args):
    return reverse(f"admin:{name}", args=args)


def the(model, unused=False):
    kind, key, *_rest = OBJECTS[model]
    return kind._base_manager.filter(**UNUSED.get(model, key) if unused else key).order_by("pk").first()


def filled(root, address, change):
    """The form of a page as a superuser gets it, with something changed; the change alone where there is no form."""
    page = root.get(address)
    found = page_forms.largest(page.content.decode()) if page.status_code == 200 else {}
    return {name: values for name, values in found.items() if name != "csrfmiddlewaretoken"} | change


def deleted_from_list(model, root=None, accounts=None):
    chosen = {"action": "delete_selected", "_selected_action": [str(the(model, unused=True).pk)], "post": "yes"}
    return Attempt(url(f"{model}_changelist"), chosen)


def edited_in_list(root, accounts):
    address = url("faq_question_changelist")
    return Attempt(address, filled(root, address, {"form-0-position": "77", "_save": "Save", "action": ""}))


def moved_in_list(root, accounts):
    first, *_others, last = type(the("faq_question")).objects.order_by("position", "slug")
    return Attempt(url("faq_question_order"), {"moved": first.pk, "after": last.pk})


def changed(model, root):
    address = url(f"{model}_change", the(model).pk)
    return Attempt(address, filled(root, address, OBJECTS[model][2]))


def added(model, root):
    address = url(f"{model}_add")
    return Attempt(address, filled(root, address, OBJECTS[model][3]))


def restored(model, root):
    entry = the(model)
    address = url(f"{model}_simple_history", entry.pk, entry.history.earliest().pk)
    return Attempt(address, filled(root, address, {}))


def table_of(model):
    """A file that changes the object of a model."""
    kind, _key, change, _new = OBJECTS[model]
    [(column, value)] = change.items() if model != "trade_alias" else [("province", "CN-JL")]
    key = KEYS.get(model, "id")
    return f"{key},{column}\n{getattr(the(model), key)},{value}\n"


def imported(model, root):
    file = SimpleUploadedFile("table.csv", table_of(model).encode())
    return Attempt(url(f"{model}_import"), lambda account: {"import_file": file} if file.seek(0) == 0 else {})


def confirmed(model, root):
    """The preview of an import, signed for whoever sends it."""
    token = staged(uploaded(root, OBJECTS[model][0], table_of(model)))
    contents = signing.loads(token, salt=SALT)
    return Attempt(
        url(f"{model}_process_import"),
        lambda account: {
            "staged": signing.dumps(contents | {"user": account and account.pk}, salt=SALT, compress=True)
        },
    )


WORDS = ("faq_question", "sanctions_resolution", "sanctions_measure", "sanctions_event", "trade_annotation")
WORDS += ("sanctions_cap", "sanctions_announcement")
SITE_TEXT = "site_texts_sitetext"
BUTTON = {"_draft": "Save as draft"}


def draft_of(model, root):
    """A draft that a superuser has saved of the object of a model."""
    address = url(f"{model}_change", the(model).pk)
    root.post(address, filled(root, address, OBJECTS[model][2] | BUTTON))
    return Draft.objects.of(OBJECTS[model][0], the(model).pk).get()


def at_draft(act, page="draft"):
    def made(model, root, accounts=None):
        draft = draft_of(model, root)
        address = url(f"{model}_{page}", draft.pk)
        return Attempt(address, filled(root, address, {"act": act}) if act else {})

    return made


def undeleted(model, root):
    version = OBJECTS[model][0].history.filter(history_type="-").latest()
    return Attempt(url(f"{model}_deleted"), {"version": str(version.pk)})


def saved_as_draft(page):
    def made(model, root, accounts=None):
        tried = GENERAL[page](model, root)
        return Attempt(tried.address, tried.fields | BUTTON)

    return made


def of(model, made):
    return lambda root, accounts: made(model, root)


GENERAL = {
    "changelist": deleted_from_list,
    "add": added,
    "change": changed,
    "delete": lambda model, root: Attempt(url(f"{model}_delete", the(model, unused=True).pk), {"post": "yes"}),
    "history": lambda model, root: Attempt(url(f"{model}_history", the(model).pk), {"post": "yes"}),
    "simple_history": restored,
    "import": imported,
    "process_import": confirmed,
    "export": lambda model, root: Attempt(url(f"{model}_export"), {"format": "2"}),
    "drafts": lambda model, root: Attempt(url(f"{model}_drafts")),
    "draft": at_draft("discard"),
    "draft_preview": at_draft("", "draft_preview"),
    "deleted": undeleted,
}


# --- addresses of their own -------------------------------------------------------------------------------------------


def of_upload(action, state, own=False, **form):
    """A form of an upload's page; `own` makes each account the one that sent the upload."""

    def made(root, accounts):
        upload = Upload.objects.get(state=state, user__username="other")

        def sent(account):
            if own and account is not None:
                Upload.objects.filter(pk=upload.pk).update(user=account)
            warnings = {f"warning_{number}": "on" for number in range(len(upload.warnings))}
            return warnings | form | ({"seen": publish_pages.seen(upload)} if action == "publish" else {})

        return Attempt(url(f"trade_upload_{action}", upload.pk), sent)

    return made


def of_superuser(action, **form):
    def made(root, accounts):
        address = url(f"auth_user_{action}", User.objects.get(username="root").pk)
        return Attempt(address, form if action == "delete" else filled(root, address, form))

    return made


def annotated(root, accounts):
    upload = Upload.objects.get(state="refused")
    return Attempt(url("trade_upload_annotated", upload.pk, upload.files.get().pk))


def sent_files(root, accounts):
    def form(account):
        file = SimpleUploadedFile("mine.csv", site.TIDY % (b"CN-LN", 9))
        return {"dataset": "china-provinces", "mode": "amend", "flow": "", "files": [file]}

    return Attempt(url("trade_upload_import"), form)


def typed_values(root, accounts):
    values = "dataset=china-provinces&flow=to_dprk&key=CN-LN&first=2016"
    address = f"{url('trade_upload_correct')}?{values}"
    return Attempt(address, filled(root, address, {"CN-LN_to_dprk_2016_0": "5"}))


def at_release(action, **form):
    def made(root, accounts):
        address = url(f"trade_release_{action}", the("trade_release").pk)
        return Attempt(address, filled(root, address, form))

    return made


def plain(name, *args, **form):
    return lambda root, accounts: Attempt(url(name, *args), form)


ALWAYS = {"note": "Because.", "kind": "scheduled"}
PASSWORD = {"password1": "another-pass-word-1", "password2": "another-pass-word-1", "usable_password": "true"}
OWN = ", of one’s own"
SPECIAL = {
    **{f"{model}_draft, published": of(model, at_draft("publish")) for model in (*WORDS, SITE_TEXT)},
    **{f"{model}_{page}, as a draft": of(model, saved_as_draft(page)) for model in WORDS for page in ("add", "change")},
    f"{SITE_TEXT}_change, as a draft": of(SITE_TEXT, saved_as_draft("change")),
    "index": plain("index"),
    "login": plain("login", username="root", password="x"),
    "logout": plain("logout"),
    "password_change": plain(
        "password_change", old_password="x", new_password1="a-b-c-d-e-f", new_password2="a-b-c-d-e-f"
    ),
    "password_change_done": plain("password_change_done"),
    "jsi18n": plain("jsi18n"),
    "app_list": lambda root, accounts: Attempt(url("app_list", "faq")),
    "autocomplete": lambda root, accounts: Attempt(
        url("autocomplete") + "?app_label=trade&model_name=release&field_name=dataset&term=c"
    ),
    "view_on_site": lambda root, accounts: Attempt(
        url("view_on_site", ContentType.objects.get_for_model(Question).pk, the("faq_question").pk)
    ),
    "faq_question_changelist, edited": edited_in_list,
    "faq_question_figures": plain("faq_question_figures"),
    "faq_question_order": moved_in_list,
    "faq_question_reviewed": lambda root, accounts: Attempt(url("faq_question_reviewed", the("faq_question").pk), {}),
    "faq_question_preview": plain("faq_question_preview", answer="*A*"),
    "trade_upload_import": sent_files,
    "trade_upload_correct": typed_values,
    "trade_upload_process_import": plain("trade_upload_process_import", staged="x"),
    "trade_upload_annotated": annotated,
    "trade_upload_answer": of_upload("answer", "asking", flow="to_dprk"),
    "trade_upload_spellings": of_upload("spellings", "refused", name_0="CN-LN"),
    "trade_upload_publish": of_upload("publish", "staged", **ALWAYS),
    "trade_upload_draft": of_upload("draft", "staged", note="Half a note"),
    "trade_upload_preview": of_upload("preview", "staged", note="As it would be."),
    "trade_upload_previewed": lambda root, accounts: Attempt(
        url("trade_upload_previewed", Upload.objects.get(state="staged").pk)
    ),
    "trade_upload_changes": lambda root, accounts: Attempt(
        url("trade_upload_changes", Upload.objects.get(state="staged").pk)
    ),
    "trade_upload_call_off": of_upload("call_off", "scheduled"),
    "trade_upload_discard": of_upload("discard", "staged"),
    "trade_upload_restart": of_upload("restart", "failed"),
    "trade_release_revert": at_release("revert"),
    "trade_release_withdraw": at_release("withdraw", reason="It named a person.", values="put_back"),
    "trade_redaction_add": plain("trade_redaction_add", text="a note", reason="It named a person.", confirmed="on"),
    "accounts_logentry_export": plain("accounts_logentry_export"),
    "auth_user_password_change": lambda root, accounts: Attempt(
        url("auth_user_password_change", the("auth_user").pk), PASSWORD
    ),
    "auth_user_change, of a superuser": of_superuser("change", email="changed@example.org"),
    "auth_user_delete, of a superuser": of_superuser("delete", post="yes"),
    "auth_user_password_change, of a superuser": of_superuser("password_change", **PASSWORD),
    **{
        f"trade_upload_{action}{OWN}": of_upload(action, state, own=True, **form)
        for action, state, form in (
            ("answer", "asking", {"flow": "to_dprk"}),
            ("spellings", "refused", {"name_0": "CN-LN"}),
            ("publish", "staged", ALWAYS),
            ("draft", "staged", {"note": "Half a note"}),
            ("preview", "staged", {"note": "As it would be."}),
            ("call_off", "scheduled", {}),
            ("discard", "staged", {}),
            ("preview", "staged", {"note": "As it would be."}),
            ("restart", "failed", {}),
        )
    },
}
