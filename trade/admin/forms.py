"""The forms of the admin's own pages: upload, answer, publish, revert, keep spellings."""

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trade.models import Alias, Chapter, Dataset, Flow, Province, Release, Upload
from trade.publishing.waiting import planned_hours, publish_drafts
from trade.reference.vocabulary import clash


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files as one value; each within the limits of settings.UPLOAD_LIMITS."""

    widget = FilesInput

    def clean(self, data, initial=None):
        limits = settings.UPLOAD_LIMITS
        files = [super(FilesField, self).clean(file, initial) for file in data or [None]]
        if len(files) > limits["files"]:
            raise forms.ValidationError(
                _("You chose %(found)d files; an upload can contain at most %(most)d. Upload the rest separately."),
                params={"found": len(files), "most": limits["files"]},
            )
        for file in files:
            if file.size > limits["bytes"]:
                raise forms.ValidationError(
                    _("%(name)s has %(found)s; a file can have at most %(most)s. Split it by direction or year."),
                    params={
                        "name": file.name,
                        "found": filesizeformat(file.size),
                        "most": filesizeformat(limits["bytes"]),
                    },
                )
        return files


class DatasetField(forms.ModelChoiceField):
    """A dataset by its title, and its state where readers do not see it or expect nothing more of it."""

    def label_from_instance(self, dataset):
        state = dataset.get_state_display().partition(":")[0]
        return dataset.title if dataset.state == Dataset.State.PUBLISHED else f"{dataset.title} ({state})"


class UploadForm(forms.Form):
    dataset = DatasetField(Dataset.objects.all(), label=_("Dataset"), empty_label=None)
    files = FilesField(
        label=_("Files"),
        help_text=_(
            "An Excel or OpenDocument workbook (.xlsx, .xls, .ods), a CSV file, downloads from GACC, UN Comtrade or "
            "BACI, or a .zip of these. Data split into several files can be uploaded together."
        ),
    )
    mode = forms.ChoiceField(
        label=_("Values not in the file"),
        choices=[
            (Upload.Mode.AMEND, _("keep unchanged (amend)")),
            (Upload.Mode.REPLACE, _("remove, within the directions and periods covered by the file (replace)")),
        ],
        initial=Upload.Mode.AMEND,
    )
    flow = forms.ChoiceField(
        label=_("Direction, if not given in the file"),
        choices=[("", _("given in the file")), *((flow.value, flow.label) for flow in Flow.directions())],
        required=False,
    )


class PublishForm(forms.Form):
    """The note, the kind and one box for each warning."""

    kind = forms.ChoiceField(
        label=_("Release type"),
        choices=[(kind.value, kind.label) for kind in Release.Kind.of_uploads()],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note for readers"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Describe the changes and the reasons for them. Shown on the public page of the release and in its feed."
        ),
    )

    publish_at = forms.DateTimeField(
        label=_("Publish at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args, warnings=(), kind=None, **kwargs):
        super().__init__(*args, **kwargs)
        zone = _("Time zone: %s. Leave it blank to publish at once. It can be called off until then.")
        self.fields["publish_at"].help_text = zone % timezone.get_current_timezone_name()
        if kind:  # it follows from what is done
            self.fields["kind"].choices = [(kind.value, kind.label)]
            self.initial["kind"] = kind.value
        for number, warning in enumerate(warnings):
            self.fields[f"warning_{number}"] = forms.BooleanField(
                label=warning["text"],
                widget=forms.CheckboxInput(attrs={"value": publish_drafts.mark(warning["text"])}),
                error_messages={"required": _("Tick to confirm that you have read this warning.")},
            )

    def clean_publish_at(self):
        """Refuse an hour that is past, and one that is more than a year away."""
        at, now = self.cleaned_data["publish_at"], timezone.now()
        if at and at <= now:
            words = {"found": planned_hours.in_words(at), "now": planned_hours.in_words(now)}
            text = _("%(found)s is past; it is %(now)s now. Choose a later time, or leave it blank to publish at once.")
            raise forms.ValidationError(text, params=words)
        if at and at > now + planned_hours.LONGEST:
            text = _("%s is more than a year away. Choose an earlier time.") % planned_hours.in_words(at)
            raise forms.ValidationError(text)
        return at

    def warning_fields(self):
        return [self[name] for name in self.fields if name.startswith("warning_")]


class RevertForm(forms.Form):
    """The newest release that the page showed from which an earlier one was chosen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class SpellingsForm(forms.Form):
    """For each name that a file writes and nobody knows: whose spelling it is, to be kept as an alias."""

    def __init__(self, *args, names=(), kind="", **kwargs):
        super().__init__(*args, **kwargs)
        owners = Province.objects.all() if kind == Dataset.Kind.PROVINCE else Chapter.objects.all()
        self.owner = "province" if kind == Dataset.Kind.PROVINCE else "chapter"
        self.names = dict(enumerate(names))
        for number, name in self.names.items():
            self.fields[f"name_{number}"] = forms.ModelChoiceField(
                owners, label=f"“{name}”", required=False, empty_label=_("do not save this spelling")
            )

    def clean(self):
        cleaned = super().clean()
        self.aliases = []
        for number, name in self.names.items():
            if owner := cleaned.get(f"name_{number}"):
                alias = Alias(name=name, **{self.owner: owner})
                if fault := clash(alias):
                    self.add_error(f"name_{number}", fault)
                self.aliases.append(alias)
        if not self.aliases and not self.errors:
            raise forms.ValidationError(_("Match at least one name in the file to an existing entry."))
        return cleaned


class AnswerForm(forms.Form):
    """One choice for each question of an upload."""

    def __init__(self, *args, questions=(), **kwargs):
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[question["key"]] = forms.ChoiceField(
                label=question["text"], choices=question["choices"], widget=forms.RadioSelect
            )
