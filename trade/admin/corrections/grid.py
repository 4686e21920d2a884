"""A table of values to be corrected: what stands in each cell, what was typed over it, and what came in between.

The page names the newest release that it shows (`seen`). Only what differs from the value of that release was typed;
where another release has changed the value since, the editor is asked to look again.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trade import number_text, time_period
from trade.admin.corrections.forms import DollarsField, statuses_without_value
from trade.models import Dataset, Flow, Release, Status, names_of


class Cell(NamedTuple):
    """One value of a dataset: ("CN-LN", "to_dprk", 2016, 0)."""

    key: str
    flow: str
    year: int
    month: int

    def __str__(self):
        """How an address and a field name it: "CN-LN_to_dprk_2016_0"."""
        return f"{self.key}_{self.flow}_{self.year}_{self.month}"

    @classmethod
    def named(cls, name: str) -> "Cell | None":
        """Find the cell of a name: "CN-LN_to_dprk_2016_0"; None where it names none."""
        key, *others = name.rsplit("_", 2)
        flow = next((flow for flow in Flow.values if key.endswith(f"_{flow}")), None)
        if flow is None or len(others) != 2 or not all(part.isascii() and part.isdigit() for part in others):
            return None
        year, month = (int(part[:4]) for part in others)
        return cls(key.removesuffix(f"_{flow}"), flow, year, month)


class Standing(NamedTuple):
    """What stands in a cell: its reported value with its row, and its estimate."""

    value: int | None = None
    estimate: int | None = None
    status: str = ""
    row: int | None = None


class Values:
    """What stands in some cells, now and in an earlier release, and which of them stand at another frequency."""

    def __init__(self, dataset: Dataset, cells: Iterable[Cell], seen: Release):
        self.cells = list(cells)
        wanted = {
            f"{dataset.observations.model.KEY}__in": {cell.key for cell in self.cells},
            "flow__in": {cell.flow for cell in self.cells},
            "year__in": {cell.year for cell in self.cells},
        }
        self.now, rows = _by_cell(dataset.observations.standing().filter(**wanted))
        self.seen = self.now
        if seen != dataset.latest_release():
            self.seen, _rows = _by_cell(dataset.observations.as_of(seen).filter(**wanted))
        self._yearly = {cell[:3]: cell.month == 0 for cell in rows}

    def is_elsewhere(self, cell: Cell) -> bool:
        """Whether the year of a cell stands at another frequency: by month where the cell is a year, or the reverse."""
        return self._yearly.get(cell[:3], cell.month == 0) != (cell.month == 0)


def _by_cell(rows):
    found = {}
    key = rows.model.KEY
    for row in rows:
        cell = Cell(getattr(row, key), row.flow, row.year, row.month)
        before = found.get(cell, Standing())
        if row.component == "reported":
            found[cell] = before._replace(value=row.value_usd, status=row.status, row=row.pk)
        elif row.component == "estimate":
            found[cell] = before._replace(estimate=row.value_usd, row=before.row or row.pk)
    return found, set(found)


class GridForm(forms.Form):
    """One field for each value that can be corrected, and the status of those that are emptied."""

    missing = forms.ChoiceField(label=gettext_lazy("Status of the values that you empty"), initial=Status.MISSING)

    def __init__(self, data: QueryDict | None, *, dataset: Dataset, cells: Iterable[Cell], seen: Release):
        self.values, self.newest, self.overtaken = Values(dataset, cells, seen), dataset.latest_release(), set()
        self.names = names_of(dataset.kind, {cell.key for cell in self.values.cells})
        super().__init__(data and self._with_news(data))
        self.fields["missing"].choices = statuses_without_value()
        for cell in self.values.cells:
            if not self.values.is_elsewhere(cell):
                self.fields[str(cell)] = DollarsField(initial=self._now(cell).value)
                self.fields[str(cell)].widget.attrs["aria-label"] = self.named(cell)

    def named(self, cell: Cell) -> str:
        """Name a cell in words: "Liaoning, exports to the DPRK, 2016"."""
        name = self.names.get(cell.key, cell.key)
        return f"{name}, {Flow(cell.flow).label}, {time_period.written(cell.year, cell.month)}"

    def named_field(self, name: str) -> str:
        """Name a field in words, for a list of what is wrong."""
        cell = Cell.named(name)
        return self.named(cell) if cell else self.fields[name].label

    def _now(self, cell):
        return self.values.now.get(cell, Standing())

    def _was(self, cell):
        return self.values.seen.get(cell, Standing())

    def _is_untouched(self, cell, typed):
        """Whether a field holds what the page showed, however it is written."""
        try:
            return DollarsField().clean(typed) == self._was(cell).value
        except forms.ValidationError:
            return False

    def _with_news(self, data):
        """Show what is new in the fields that nobody touched, and remember where that was typed over."""
        data = data.copy()
        if self.values.seen is self.values.now:
            return data
        for cell in self.values.cells:
            if self._was(cell).value == self._now(cell).value:
                continue
            if self._is_untouched(cell, data.get(str(cell), "")):
                data[str(cell)] = DollarsField().prepare_value(self._now(cell).value) or ""
            else:
                self.overtaken.add(cell)
        return data

    def clean(self):
        cleaned = super().clean()
        for cell in self.overtaken:
            if str(cell) in cleaned and cleaned[str(cell)] != self._now(cell).value:
                words = {"was": self._was(cell).value, "now": self._now(cell).value}
                words = {name: number_text.exact(value) for name, value in words.items()}
                text = _(
                    "Release %(release)s has changed this value from %(was)s to %(now)s since you opened the page. "
                    "Check what you typed, and send it again."
                )
                self.add_error(str(cell), text % (words | {"release": self.newest.number}))
        if not self.errors and not self.corrected():
            raise forms.ValidationError(_("No value is different from the published one. Change a value first."))
        return cleaned

    def corrected(self) -> list[dict]:
        """List the cells whose value was changed, as publishing.by_hand has them."""
        typed = {cell: self.cleaned_data[str(cell)] for cell in self.values.cells if str(cell) in self.fields}
        return [
            cell._asdict()
            | {"reported": value, "was": self._now(cell).value}
            | {"status": self.cleaned_data["missing"] if value is None else None}
            for cell, value in typed.items()
            if value != self._now(cell).value
        ]

    def shown(self, cell: Cell) -> dict:
        """What a page shows of a cell: its field, or that its year stands at another frequency."""
        stands = self._now(cell)
        return {
            "name": self.named(cell),
            "field": None if self.values.is_elsewhere(cell) else self[str(cell)],
            "estimate": stands.estimate,
            "status": stands.status if stands.status != "A" else "",
            "row": stands.row,
            "cell": cell,
        }
