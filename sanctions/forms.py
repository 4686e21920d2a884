"""What a reader may choose on the list of sanctions, by the query string: "?direction=from_dprk&category=minerals"."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sanctions.models import Measure, MeasureCode

LONGEST_QUOTE = 30


class MeasuresForm(forms.Form):
    """Each choice is valid, absent, or not understood: then a notice says so and it counts as absent."""

    DIRECTIONS = [
        ("", gettext_lazy("both directions")),
        ("from_dprk", gettext_lazy("goods from the DPRK")),
        ("to_dprk", gettext_lazy("goods to the DPRK")),
    ]
    GROUPS = [("", gettext_lazy("by resolution")), ("goods", gettext_lazy("by goods"))]

    direction = forms.ChoiceField(label=gettext_lazy("Direction"), choices=DIRECTIONS, required=False)
    category = forms.ChoiceField(
        label=gettext_lazy("Goods"),
        choices=[("", gettext_lazy("all goods")), *Measure.Category.choices],
        required=False,
    )
    chapter = forms.ChoiceField(label=gettext_lazy("HS chapter"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("Grouped"), choices=GROUPS, required=False)

    def __init__(self, query):
        super().__init__({name: query.get(name, "").strip() for name in self.base_fields}, auto_id="choose-%s")
        self.fields["chapter"].choices = [("", _("all chapters")), *_chapters()]

    def chosen(self) -> dict:
        """The valid choices, "" for the others: {"direction": "from_dprk", "category": "", "chapter": "27", …}."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}

    def notices(self) -> list[str]:
        """One sentence for each choice that was not understood."""
        sentence = _("“%(found)s” is not a valid choice for “%(name)s”; showing all.")
        return [sentence % {"found": _quote(self.data[name]), "name": self.fields[name].label} for name in self.errors]


def _chapters():
    """The chapters that a measure touches: [("03", "03 Fish and seafood"), …]."""
    rows = MeasureCode.objects.order_by("chapter").values_list("chapter", "chapter__short_title").distinct()
    return [(code, f"{code} {title}") for code, title in rows]


def _quote(found):
    shown = "".join(character if character.isprintable() else "�" for character in found)
    return shown if len(shown) <= LONGEST_QUOTE else shown[:LONGEST_QUOTE] + "…"
