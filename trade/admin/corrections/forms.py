"""The forms of corrections: which values, and what is known of one value."""

from datetime import UTC, datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from trade.importing import cell_values
from trade.importing.checks.faults import EARLIEST
from trade.models import Chapter, Dataset, Flow, Province, Status

MOST_NAMES, MOST_PERIODS = 30, 12
CODE_LENGTHS = (2, 4, 6)
# Why a text is no value, by the code that the reader of files gives it.
UNCLEAR = _(
    "“%(found)s” could mean a decimal fraction or a thousand. Write whole US dollars, for example 1500000 or 1,500,000."
)
ADVICE = {
    "fraction": UNCLEAR,
    "decimal-comma": UNCLEAR,
    "negative": _("“%(found)s” is negative; trade values are 0 or more."),
    "too-large": _("“%(found)s” is more than the whole world trades. Write a value of up to 10,000,000,000,000."),
    "unit-in-cell": _("“%(found)s” holds a unit. Write the value in whole US dollars, for example 1,500,000."),
}
NO_VALUE = _("“%(found)s” is not a value. Write whole US dollars, for example 1,500,000, or leave the field empty.")


class DollarsField(forms.CharField):
    """Whole US dollars as people write them: 136,846,449, 136 846 449 or 136846449; empty where there is no value."""

    def __init__(self, **options):
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "dollars"})
        super().__init__(required=False, max_length=60, **{"widget": widget} | options)

    def prepare_value(self, value):
        return f"{value:,}" if isinstance(value, int) else value

    def to_python(self, value):
        read = cell_values.money(super().to_python(value))
        if isinstance(read, cell_values.Wrong):
            raise forms.ValidationError(ADVICE.get(read.code, NO_VALUE), code=read.code, params={"found": read.found})
        return read

    def run_validators(self, value):
        """The reader of values has judged it; the limits of texts say nothing of numbers."""


def statuses_without_value() -> list[tuple]:
    """List the statuses that say why there is no value."""
    return [(status.value, status.label) for status in Status.without_value()]


class CorrectForm(forms.Form):
    """One value: what the source reported, its status, an estimate beside it, and a remark."""

    reported = DollarsField(label=_("Reported value, US$"), help_text=_("Leave empty if missing."))
    status = forms.ChoiceField(
        label=_("Status"), choices=[choice for choice in Status.choices if choice[0] != Status.ESTIMATED]
    )
    estimate = DollarsField(label=_("Estimate, US$"), help_text=_("Leave empty if there is no estimate."))
    remark = forms.CharField(
        label=_("Remark"), required=False, max_length=500, help_text=_("For an estimate, state how it was made.")
    )

    def clean(self):
        cleaned = super().clean()
        if "reported" not in cleaned:
            return cleaned
        has_value, status = cleaned["reported"] is not None, cleaned.get("status")
        if has_value and status in Status.without_value():
            self.add_error(
                "status", _("This status is for missing values only. For a reported value, choose A, P, B or U.")
            )
        if not has_value and status not in (None, "", *Status.without_value()):
            self.add_error("status", _("This status requires a value. If the value is missing, choose O, L or Q."))
        return cleaned


class DatasetForm(forms.Form):
    """The dataset whose values are to be corrected."""

    dataset = forms.ModelChoiceField(
        Dataset.objects.filter(releases__isnull=False).distinct(), label=_("Dataset"), empty_label=None
    )


class ValuesForm(forms.Form):
    """Which values of a dataset are to be corrected: one direction, some names, a span of years or a year's months."""

    flow = forms.ChoiceField(label=_("Direction"))
    first = forms.IntegerField(label=_("First year"), min_value=EARLIEST)
    last = forms.IntegerField(
        label=_("Last year"), min_value=EARLIEST, required=False, help_text=_("Leave empty for a single year.")
    )
    monthly = forms.BooleanField(label=_("The months of the first year, one by one"), required=False)

    def __init__(self, *args, dataset: Dataset, **kwargs):
        super().__init__(*args, **kwargs)
        self.dataset = dataset
        self.fields["flow"].choices = [(flow.value, flow.label) for flow in Flow.of_kind(dataset.kind)]
        if dataset.kind == Dataset.Kind.PROVINCE:
            self.fields["key"] = forms.ModelMultipleChoiceField(
                Province.objects.all(), label=_("Provinces"), widget=forms.CheckboxSelectMultiple
            )
        elif dataset.kind == Dataset.Kind.COMMODITY:
            self.fields["key"] = forms.CharField(
                label=_("HS codes"), max_length=300, help_text=_("Chapters, headings or subheadings: 27, 2701, 270112")
            )
        self.order_fields(["flow", "key", "first", "last", "monthly"])

    def clean_key(self):
        """Give the codes of what is chosen: ["CN-LN", "CN-JL"] or ["27", "2701"]."""
        chosen = self.cleaned_data["key"]
        keys = self._codes(chosen) if isinstance(chosen, str) else [province.pk for province in chosen]
        if len(keys) > MOST_NAMES:
            raise forms.ValidationError(
                _("You chose %(found)d; one page shows up to %(most)d. Correct the others on a second page."),
                params={"found": len(keys), "most": MOST_NAMES},
            )
        return keys

    def _codes(self, written):
        codes = list(dict.fromkeys(written.replace(",", " ").replace(";", " ").split()))
        chapters = set(Chapter.objects.values_list("pk", flat=True))
        for code in codes:
            is_number = code.isascii() and code.isdigit() and len(code) in CODE_LENGTHS
            if not is_number or code[:2] not in chapters:
                raise forms.ValidationError(
                    _("“%(found)s” is no HS code. Write 2, 4 or 6 digits, with the zero in front: 03, 2701, 270112."),
                    params={"found": code},
                )
        return codes

    def clean(self):
        cleaned = super().clean()
        first, now = cleaned.get("first"), datetime.now(UTC).year
        last = first if cleaned.get("monthly") else cleaned.get("last") or first
        if first is None or last is None:
            return cleaned
        if last < first:
            self.add_error("last", _("Choose a last year that is not before the first."))
        elif last > now:
            self.add_error("last" if cleaned.get("last") else "first", _("Choose a year up to %d.") % now)
        elif last - first >= MOST_PERIODS:
            words = {"found": last - first + 1, "most": MOST_PERIODS}
            self.add_error("last", _("These are %(found)d years; one page shows up to %(most)d.") % words)
        return cleaned | {"last": last}

    def periods(self) -> list[tuple[int, int]]:
        """List the periods of valid choices as (year, month): [(2015, 0), (2016, 0)] or [(2016, 1), …, (2016, 12)]."""
        chosen, now = self.cleaned_data, datetime.now(UTC)
        if chosen["monthly"]:
            year = chosen["first"]
            return [(year, month) for month in range(1, 13) if (year, month) <= (now.year, now.month)]
        return [(year, 0) for year in range(chosen["first"], chosen["last"] + 1)]
