"""The page on which several values are corrected at once.

Its address says which values: ?dataset=china-provinces&flow=to_dprk&key=CN-LN&key=CN-JL&first=2015&last=2020, for a
table of names and periods, or ?dataset=china-provinces&cell=CN-LN_to_dprk_2016_0&cell=…, for values picked one by one.
"""

from datetime import UTC, datetime
from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tables import kept_forms
from trade import time_period
from trade.admin.corrections.forms import DatasetForm, ValuesForm
from trade.admin.corrections.grid import Cell, GridForm
from trade.admin.corrections.requests import have_compared, may_correct
from trade.importing.checks.faults import EARLIEST
from trade.models import Chapter, Dataset, Flow, Province, Release
from trade.publishing import by_hand

MOST_PICKED = 60
YEARS_OFFERED = 5


def address_of(dataset_id: str, cells) -> str:
    """The address at which some cells are corrected."""
    query = QueryDict(mutable=True)
    query["dataset"] = dataset_id
    query.setlist("cell", [str(cell) for cell in cells])
    return f"{reverse('admin:trade_upload_correct')}?{query.urlencode()}"


def address_around(row) -> str:
    """The address at which an observation is corrected together with its neighbours in time."""
    query = QueryDict(mutable=True)
    query.update({"dataset": row.dataset_id, "flow": row.flow})
    if row.dataset.kind != Dataset.Kind.TOTAL:
        query["key"] = getattr(row, row.KEY)
    if row.month:
        query.update({"first": row.year, "monthly": "on"})
    else:
        query.update({"first": row.year - 4, "last": min(row.year + 4, datetime.now(UTC).year)})
    return f"{reverse('admin:trade_upload_correct')}?{query.urlencode()}"


def correct_view(model_admin, request):
    """Let values be chosen and typed; the upload that they become is compared, and published on its own page."""
    if not may_correct(request.user):
        raise PermissionDenied
    choose = DatasetForm(request.GET if "dataset" in request.GET else None)
    dataset = choose.cleaned_data["dataset"] if choose.is_bound and choose.is_valid() else None
    which = dataset and _which(dataset, request.GET)
    picked = _picked(dataset, request.GET) if dataset else []
    cells = picked or (_cells(dataset, which) if which and which.is_bound and which.is_valid() else [])
    form = cells and _grid(request, dataset, cells)
    if form and request.method == "POST" and form.is_valid():
        asked = by_hand.to_correct(dataset, form.corrected(), seen=form.newest.pk)
        return have_compared(model_admin, request, asked)
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Correct values"),
        "opts": model_admin.opts,
        "choose": choose,
        "which": which,
        "dataset": dataset,
        "form": form,
        "history": dataset and f"admin:{dataset.observations.model._meta.label_lower.replace('.', '_')}_change",
        "faults": [(form[name], form.named_field(name)) for name in form.errors if name in form.fields] if form else [],
        "rows": _rows(form, cells, bool(picked)) if form else [],
        "columns": [] if picked else [time_period.written(*period) for period in dict.fromkeys(c[2:] for c in cells)],
        "direction": Flow(cells[0].flow).label if cells and not picked else "",
    }
    return TemplateResponse(request, "admin/trade/correct.html", context)


def _which(dataset, query):
    """The form that asks which values; unbound with the newest years until it was sent."""
    if "first" in query:
        return ValuesForm(query, dataset=dataset)
    last = dataset.observations.standing().aggregate(last=Max("year"))["last"] or datetime.now(UTC).year
    return ValuesForm(dataset=dataset, initial={"first": last - YEARS_OFFERED + 1, "last": last})


def _cells(dataset, which):
    """The cells of a table, name by name."""
    keys = which.cleaned_data.get("key", [dataset.pk])
    return [Cell(key, which.cleaned_data["flow"], *period) for key in keys for period in which.periods()]


def _picked(dataset, query):
    """The cells that an address names one by one, as far as the dataset can hold them."""
    named = [Cell.named(name) for name in dict.fromkeys(query.getlist("cell")[:MOST_PICKED])]
    named, now = [cell for cell in named if cell], datetime.now(UTC)
    known = _known_keys(dataset, {cell.key for cell in named})
    return [
        cell
        for cell in named
        if cell.key in known
        and cell.flow in Flow.of_kind(dataset.kind)
        and (EARLIEST, 0) <= (cell.year, cell.month) <= (now.year, now.month)
        and cell.month <= 12
    ]


def _known_keys(dataset, keys):
    if dataset.kind == Dataset.Kind.TOTAL:
        return {dataset.pk}
    if dataset.kind == Dataset.Kind.PROVINCE:
        return set(Province.objects.filter(code__in=keys).values_list("code", flat=True))
    chapters = set(Chapter.objects.values_list("code", flat=True))
    return {key for key in keys if key.isascii() and key.isdigit() and len(key) in (2, 4, 6) and key[:2] in chapters}


def _grid(request, dataset, cells):
    """The table as it was sent, or as the page shows it first."""
    sent = kept_forms.sent(request)
    if sent is None:
        return GridForm(None, dataset=dataset, cells=cells, seen=dataset.latest_release())
    shown = sent.get("seen", "")
    is_number = shown.isascii() and shown.isdigit() and len(shown) < 19
    seen = Release.objects.filter(dataset=dataset, pk=int(shown)).first() if is_number else None
    return GridForm(sent, dataset=dataset, cells=cells, seen=seen or dataset.latest_release())


def _rows(form, cells, picked):
    """The rows of the table: those of a name in a row each, or one for each value that was picked."""
    if picked:
        return [
            {
                "name": form.names.get(cell.key, cell.key),
                "code": cell.key,
                "direction": Flow(cell.flow).label,
                "period": time_period.written(cell.year, cell.month),
                "cells": [form.shown(cell)],
            }
            for cell in cells
        ]
    return [
        {"name": form.names.get(key, key), "code": key, "cells": [form.shown(cell) for cell in of_name]}
        for key, of_name in groupby(cells, lambda cell: cell.key)
    ]
