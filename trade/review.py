"""What the page of an upload, or of a release, shows of its changes: filtered, paged, counted by year and flow."""

import pandas as pd
from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from trade.models import Chapter, Commodity, Dataset, Province

PAGE = 100


def kinds() -> list[tuple]:
    """Name the kinds of change that a page can be filtered by."""
    return [("new", _("new")), ("changed", _("changed")), ("removed", _("removed")), ("emptied", _("emptied"))]


def page_of(changes: pd.DataFrame, query) -> dict:
    """Choose the rows that a query asks for (?kind=changed&flow=to_dprk&year=2016&q=ln&page=2): page and filters."""
    chosen = changes
    if (kind := query.get("kind")) in dict(kinds()):
        chosen = chosen[_is_emptied(chosen)] if kind == "emptied" else chosen[chosen["kind"] == kind]
    if flow := query.get("flow"):
        chosen = chosen[chosen["flow"] == flow]
    if (year := query.get("year", "")).isdecimal():
        chosen = chosen[chosen["year"] == int(year[:4])]
    if key := query.get("q", "").strip():
        chosen = chosen[chosen["key"].str.contains(key, case=False, regex=False)]
    return Paginator(_Rows(chosen), PAGE).get_page(query.get("page"))


class _Rows:
    """A frame that a Paginator can count and slice without turning all of it into dictionaries."""

    def __init__(self, frame):
        self.frame = frame

    def __len__(self):
        return len(self.frame)

    def __getitem__(self, part):
        return [_row(row) for row in self.frame.iloc[part].to_dict("records")]


def _row(row):
    """Make one change fit for a template: NaN and NA become None, the difference is worked out."""
    plain = {name: None if pd.isna(value) else value for name, value in row.items()}
    old, new = plain["old_value_usd"], plain["new_value_usd"]
    both = old is not None and new is not None
    return plain | {
        "period": f"{plain['year']}-{plain['month']:02d}" if plain["month"] else str(plain["year"]),
        "difference": new - old if both else None,
        "percent": f"{100 * (new - old) / old:+.1f}%" if both and old else "",
        "where": " ".join(str(plain[name]) for name in ("file", "sheet", "column", "row") if plain[name]),
    }


def _is_emptied(changes):
    return changes["old_value_usd"].notna() & changes["new_value_usd"].isna() & (changes["kind"] == "changed")


def by_year(changes: pd.DataFrame) -> list[dict]:
    """Count the changes by year and flow: [{"year": 2016, "flow": "to_dprk", "new": 3, "changed": 1, "removed": 0}]."""
    table = pd.crosstab([changes["year"], changes["flow"]], changes["kind"])
    table = table.reindex(columns=["new", "changed", "removed"], fill_value=0).reset_index()
    return table.to_dict("records") if len(changes) else []


def names(dataset: Dataset, codes) -> dict:
    """Name the codes of a page of changes: {"CN-LN": "Liaoning"} or {"2701": "Coal; …"}, in at most two queries."""
    if dataset.kind == Dataset.Kind.PROVINCE:
        return dict(Province.objects.filter(code__in=codes).values_list("code", "name_en"))
    chapters = dict(Chapter.objects.filter(code__in=codes).values_list("code", "short_title"))
    return chapters | dict(Commodity.objects.filter(code__in=codes).values_list("code", "title"))
