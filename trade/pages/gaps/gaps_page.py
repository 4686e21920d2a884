"""The page of gaps of a dataset, as HTML, JSON and CSV: read from the cube of a release, never from observations.

The template trade/gaps/gaps.html is given `dataset`, `release`, `choice` (trade.charts.gaps.gap_choice), `table`
(trade.charts.gaps.gap_table, or None while nothing is released), `title`, `sentence`, `column`, `counts`,
`counted`, `has_estimates`, `flows`, `years`, and `payload` = {"url", "crumbs", "notices"}.
"""

import csv
import io

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trade.bundles import storage
from trade.bundles.facts import as_released
from trade.charts import csv_file, view_state
from trade.charts.gaps import gap_choice, gap_rows, gap_table, gap_words
from trade.charts.text import labels
from trade.models import Release
from trade.pages import answers
from trade.pages.preview import offered
from web.cross_origin import shared_forms
from web.page_cache.keep import kept

READS = ("release", "flow", "within", "year")
FORMS = ("html", "json", "csv")


def _canonical(request, slug, form="html"):
    """The query of the view that an address asks for; None for one that has to be explained, which is not kept."""
    _release, _cube, choice = _chosen(request, slug)
    if choice is None:
        return ""
    return None if choice.notices else choice.query()


@shared_forms
@kept(*READS, canonical=_canonical)
@require_safe
def gaps(request: HttpRequest, slug: str, form: str = "html") -> HttpResponse:
    """Show what is reported, estimated and missing in a dataset; 404 for one that is none."""
    if form not in FORMS:
        raise Http404
    release, cube, choice = _chosen(request, slug)
    if form == "html":
        return answers.page(request, "trade/gaps/gaps.html", _context(slug, release, cube, choice))
    if cube is None:
        raise Http404
    rows = list(gap_rows.rows(gap_table.make(cube, choice), cube, choice))
    return answers.sent(_csv(rows, choice, cube) if form == "csv" else _json(rows, choice, cube))


def _chosen(request, slug):
    """Open the release that an address asks for and read the rest of it, once a request: (release, cube, choice)."""
    if not hasattr(request, "chosen_gaps"):
        request.chosen_gaps = _read(request, slug)
    return request.chosen_gaps


def _read(request, slug):
    newest = offered.newest(slug)
    if newest is None:
        offered.dataset(slug)  # 404 for one that is none
        return None, None, None
    query = {name: [value] for name, value in request.GET.items() if name == "release"}
    asked = view_state.asked(query, [(slug, newest.dataset.title)])
    wanted = _wanted(newest, asked.release)
    shown = newest if wanted.withdrawn else wanted
    cube, notices = storage.cube(shown, newest=newest), []
    number = view_state.shown_release(asked, shown.number, wanted.withdrawal_reason, notices)
    return shown, cube, gap_choice.read(request.GET, cube, number, notices)


def _wanted(newest, number):
    """The release that an address asks for by its number, else the newest."""
    if number in (None, newest.number):
        return newest
    return Release.objects.filter(dataset=newest.dataset_id, number=number).first() or newest


def _context(slug, release, cube, choice):
    dataset = as_released(release).dataset if release else offered.dataset(slug)
    crumbs = [(_("Data"), reverse("data")), (dataset.title, dataset.get_absolute_url())]
    if cube is None:
        payload = _place(reverse("gaps", args=[slug]), [*crumbs, (_("Gaps"), "")], [])
        return {"dataset": dataset, "release": None, "table": None, "payload": payload}
    table, within = gap_table.make(cube, choice), gap_table.way_back(cube, choice)
    crumbs += [(_("Gaps"), choice.url(within="", year=None)), *within]
    return {
        "dataset": dataset,
        "release": release,
        "choice": choice,
        "table": table,
        "title": gap_words.title(cube, choice),
        "sentence": gap_words.sentence(cube, table),
        "column": gap_words.column_of_parts(cube, table),
        "counts": gap_words.count_rows(table),
        "has_estimates": any(state.is_estimated for part in table.parts for state in part.states),
        "counted": gap_words.many(cube, table, len(table.parts)) if table.parts else "",
        "flows": [
            (labels.flow_label(cube["dataset"], one), choice.url(flow=one), one == choice.flow)
            for one in gap_choice.flows_of(cube)
        ],
        "years": [(year, choice.url(year=year), year == choice.year) for year in gap_choice.years_of_months(cube)],
        "payload": _place(choice.url(), crumbs, choice.notices),
    }


def _place(url, crumbs, notices):
    return {"url": url, "crumbs": [{"label": label, "url": to} for label, to in crumbs], "notices": notices}


def _json(rows, choice, cube):
    about = {"dataset": cube["dataset"], "release": cube["release"], "notices": choice.notices}
    return JsonResponse(about | {"unit": "observation status", "rows": rows}, json_dumps_params={"ensure_ascii": False})


def _csv(rows, choice, cube):
    buffer = io.StringIO()
    out = csv.DictWriter(buffer, gap_rows.COLUMNS)
    out.writeheader()
    out.writerows({name: csv_file.inert(value) for name, value in row.items()} for row in rows)
    name = f"{choice.dataset}-{cube['release']['number']}-gaps.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(buffer.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers)
