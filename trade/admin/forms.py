"""The forms of the admin's own pages: upload, answer, publish, correct, revert, withdraw, keep spellings."""

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from trade.models import Alias, Chapter, Dataset, Flow, Province, Release, Status, Upload
from trade.reference.vocabulary import clash

MOST = 10**13  # US dollars, as in files: more than the world trades


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
                _("%(found)d files were chosen; one upload takes %(most)d at most. Send the rest as another upload."),
                params={"found": len(files), "most": limits["files"]},
            )
        for file in files:
            if file.size > limits["bytes"]:
                raise forms.ValidationError(
                    _("%(name)s has %(found)s; a file may have %(most)s at most. Split it by flow or year."),
                    params={
                        "name": file.name,
                        "found": filesizeformat(file.size),
                        "most": filesizeformat(limits["bytes"]),
                    },
                )
        return files


class UploadForm(forms.Form):
    dataset = forms.ModelChoiceField(Dataset.objects.all(), label=_("Dataset"), empty_label=None)
    files = FilesField(
        label=_("Files"),
        help_text=_(
            "An Excel workbook (.xlsx, .xls, .ods), a CSV, downloads of GACC, UN Comtrade or BACI, or a .zip of them; "
            "several part files make one upload."
        ),
    )
    mode = forms.ChoiceField(
        label=_("What the file does not mention"),
        choices=[
            (Upload.Mode.AMEND, _("stays as it is (amend)")),
            (Upload.Mode.REPLACE, _("is ended, within the flows and periods of the file (replace)")),
        ],
        initial=Upload.Mode.AMEND,
    )
    flow = forms.ChoiceField(
        label=_("Direction, if the file does not say it"),
        choices=[("", _("the file says it")), *((flow.value, flow.label) for flow in Flow.directions())],
        required=False,
    )


class PublishForm(forms.Form):
    """The note, the kind and one box for each warning."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[c for c in Release.Kind.choices if c[0] != Release.Kind.REVERT],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note for readers"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What changed and why. It stands on the public page of the release and in its feed."),
    )

    def __init__(self, *args, warnings=(), **kwargs):
        super().__init__(*args, **kwargs)
        for number, warning in enumerate(warnings):
            self.fields[f"warning_{number}"] = forms.BooleanField(
                label=warning["text"], error_messages={"required": _("Tick this warning to say that it is known.")}
            )

    def warning_fields(self):
        return [self[name] for name in self.fields if name.startswith("warning_")]


class CorrectForm(forms.Form):
    """One cell, both components, and the note of the small release that corrects it."""

    reported = forms.IntegerField(
        label=_("Reported value, US$"), required=False, min_value=0, max_value=MOST, help_text=_("Blank is missing.")
    )
    status = forms.ChoiceField(
        label=_("Status"), choices=[choice for choice in Status.choices if choice[0] != Status.ESTIMATED]
    )
    estimate = forms.IntegerField(
        label=_("Estimate, US$"), required=False, min_value=0, max_value=MOST, help_text=_("Blank is no estimate.")
    )
    remark = forms.CharField(
        label=_("Remark"), required=False, max_length=500, help_text=_("Of an estimate: how it was made.")
    )
    note = forms.CharField(
        label=_("Note for readers"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was wrong. It stands on the public page of the release."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reported") is not None and cleaned.get("status") in Status.without_value():
            self.add_error("status", _("This status says why there is no value; choose A, P, B or U beside a value."))
        if cleaned.get("reported") is None and cleaned.get("status") not in (None, "", *Status.without_value()):
            self.add_error("status", _("This status is that of a value; choose O, L or Q where there is none."))
        return cleaned


class RevertForm(forms.Form):
    """Why to return to an earlier release, and the newest one that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("Note for readers"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason for readers"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It stands in place of the files. A withdrawal cannot be undone."),
    )


class SpellingsForm(forms.Form):
    """For each name that a file writes and nobody knows: whose spelling it is, to be kept as an alias."""

    def __init__(self, *args, names=(), kind="", **kwargs):
        super().__init__(*args, **kwargs)
        owners = Province.objects.all() if kind == Dataset.Kind.PROVINCE else Chapter.objects.all()
        self.owner = "province" if kind == Dataset.Kind.PROVINCE else "chapter"
        self.names = dict(enumerate(names))
        for number, name in self.names.items():
            self.fields[f"name_{number}"] = forms.ModelChoiceField(
                owners, label=f"“{name}”", required=False, empty_label=_("not a spelling to keep")
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
            raise forms.ValidationError(_("Choose for at least one name whose spelling it is."))
        return cleaned


class AnswerForm(forms.Form):
    """One choice for each question of an upload."""

    def __init__(self, *args, questions=(), **kwargs):
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[question["key"]] = forms.ChoiceField(
                label=question["text"], choices=question["choices"], widget=forms.RadioSelect
            )
