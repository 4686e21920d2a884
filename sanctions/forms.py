"""What a reader may choose on the list of sanctions, by the query string: "?q=coal", "?direction=from_dprk"."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sanctions.models import Measure, MeasureCode

FLOWS = ("from_dprk", "to_dprk")
LONGEST_QUOTE = 30
LONGEST_QUESTION = 100


class MeasuresForm(forms.Form):
    """Each choice is valid, absent, or not understood: then a notice says so and it counts as absent."""

    DIRECTIONS = [
        ("", gettext_lazy("both directions")),
        ("from_dprk", gettext_lazy("goods from the DPRK")),
        ("to_dprk", gettext_lazy("goods to the DPRK")),
    ]
    GROUPS = [("", gettext_lazy("by resolution")), ("goods", gettext_lazy("by goods"))]

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=LONGEST_QUESTION)
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

    @property
    def choices(self):
        """The fields of the form above the list; the search has a form of its own."""
        return [field for field in self if field.name != "q"]

    def chosen(self) -> dict:
        """The valid choices, "" for the others: {"q": "", "direction": "from_dprk", "chapter": "27", …}."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}

    def keeps(self, measure) -> bool:
        """Whether a measure is of the chosen direction, category and chapter."""
        chosen = self.chosen()
        directions = ("", measure.direction) if measure.direction != Measure.Direction.BOTH else ("", *FLOWS)
        chapters = {"", *(code.digits[:2] for code in measure.codes.all())}
        is_of_goods = chosen["category"] in ("", measure.category) and chosen["chapter"] in chapters
        return is_of_goods and chosen["direction"] in directions

    def notices(self) -> list[str]:
        """One sentence for each choice that was not understood."""
        return [self._notice(name) for name in self.errors]

    def _notice(self, name):
        words = {"found": _quote(self.data[name]), "name": self.fields[name].label, "most": LONGEST_QUESTION}
        if name == "q":
            return _("“%(found)s” cannot be searched for; showing all. Type up to %(most)s characters.") % words
        return _("“%(found)s” is not a valid choice for “%(name)s”; showing all.") % words


def _chapters():
    """The chapters that a measure touches: [("03", "03 Fish and seafood"), …]."""
    rows = MeasureCode.objects.order_by("chapter").values_list("chapter", "chapter__short_title").distinct()
    return [(code, f"{code} {title}") for code, title in rows]


def _quote(found):
    shown = "".join(character if character.isprintable() else "�" for character in found)
    return shown if len(shown) <= LONGEST_QUOTE else shown[:LONGEST_QUOTE] + "…"
