"""The index of goods: all sections, chapters and headings of a dataset, folded, narrowed by what is typed.

The template trade/goods/index.html is given `payload`, what the page shares with pages of charts (or None while nothing
is released), `choice`, `rows`, `datasets` and `flows`, each [(label, url, is current)], and `spark_width`.
"""

import csv
import io
from urllib.parse import parse_qsl

from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from trade import number_text, providers
from trade.bundles import storage
from trade.charts import view_state
from trade.charts.csv_file import inert
from trade.charts.goods_index import index_table, matching, sparkline
from trade.charts.goods_index.index_rows import Index
from trade.charts.payload import release as described
from trade.charts.text import labels
from trade.charts.view_state import FLOWS
from trade.models import Commodity, Dataset
from trade.pages import answers
from trade.pages.goods import index_choice
from trade.pages.preview import offered
from web.cross_origin import shared_forms
from web.page_cache.keep import kept

HEADING = 4  # digits
FOUND = 30  # goods that the search may add to what has the words itself
GOODS = ("section", "chapter", "heading", "subheading")


def _canonical(request, form="html"):
    """What is typed is endless, and would drive other pages out of memory: it is not kept."""
    _cube, choice, _datasets = _chosen(request)
    return "" if choice is None else None if choice.notices or choice.text else choice.query()


@shared_forms
@kept("dataset", "flow", "section", "q", canonical=_canonical)
@require_safe
def goods(request: HttpRequest, form: str = "html") -> HttpResponse:
    """Show the index, or send all of it as CSV or JSON."""
    cube, choice, datasets = _chosen(request)
    if cube is None and form != "html":
        raise Http404
    if cube is None:
        return answers.page(request, "trade/goods/index.html", {"payload": None})
    sanctions = providers.sanctions()
    index = Index(cube, choice.flow, sanctions.rulebook(), sanctions.level_words, _headings())
    rows = index.sections()
    if choice.text:
        rows = matching.matching(rows, choice.text, _found(choice.text))
    if form != "html":
        return answers.sent({"csv": _csv, "json": _json}[form](index, rows, choice))
    return answers.page(request, "trade/goods/index.html", _context(index, rows, choice, datasets))


def _chosen(request):
    """The cube that is asked for, what was chosen, and the datasets; read once a request."""
    if not hasattr(request, "chosen_index"):
        request.chosen_index = _read(dict(request.GET.lists()))
    return request.chosen_index


def _read(query):
    releases = {release.dataset_id: release for release in offered.newest_ones(Dataset.Kind.COMMODITY)}
    if not releases:
        return None, None, []
    datasets = [(dataset, release.dataset.title) for dataset, release in releases.items()]
    cube = storage.cube(releases[view_state.asked(query, datasets).dataset])
    return cube, index_choice.read(query, datasets, cube), datasets


def _headings():
    """All headings, whether they were traded or not; one query."""
    found = Commodity.objects.annotate(digits=Length("code")).filter(digits=HEADING).order_by("code")
    return {code: (name, title) for code, name, title in found.values_list("code", "short_title", "title")}


def _found(text):
    """The goods that the search knows by a text, also by everyday names and in Chinese and Korean."""
    results = providers.search().find(text, FOUND).results
    codes = (one.code.lower() for one in results if one.kind in GOODS)
    return {code[:HEADING] if code.isdecimal() else code for code in codes}


# The page.


def _context(index, rows, choice, datasets):
    cube = index.cube
    flows = [(labels.flow_label(cube["dataset"], flow), choice.url(flow=flow), flow == choice.flow) for flow in FLOWS]
    return {
        "payload": _payload(index, rows, choice),
        "choice": choice,
        "rows": rows,
        "datasets": [(title, choice.url(dataset=slug, section=""), slug == choice.dataset) for slug, title in datasets],
        "flows": flows,
        "links": _links(cube, choice, datasets),
        "years": (cube["years"][0], cube["years"][-1]) if cube["years"] else (),
        "spark_width": sparkline.width(len(cube["years"])),
        "today": labels.day(index.rules.today),
        "csv_url": choice.url("csv", section=""),
        "json_url": choice.url("json", section=""),
        "all_url": choice.url(section="", q=""),
        "charts_url": _links(cube, choice, datasets).url(),
        "hidden": parse_qsl(choice.query(section="", q="")),
    }


def _links(cube, choice, datasets):
    """The state of the pages that rows lead to: the same dataset and direction, the year that is each page's own."""
    query = {"dataset": [choice.dataset], "flow": [choice.flow]}
    return view_state.read("commodities", "", query, cube, datasets)


def _payload(index, rows, choice):
    dataset = index.cube["dataset"]
    return {
        "url": choice.url(),
        "notices": choice.notices,
        "title": _("Index of goods"),
        "sentence": _sentence(index, rows, choice),
        "dataset": dataset,
        "release": described(index.cube),
        "basis": labels.basis(dataset, choice.flow),
    }


def _sentence(index, rows, choice):
    """What the rows come to: how many have a figure, or how many were found."""
    trade = labels.capital(labels.trade(index.cube["dataset"], choice.flow))
    if choice.text:
        return _found_words(rows, choice)
    chapters = [row for section in rows for row in section.below]
    words = {"trade": trade, "chapters": len(chapters), "headings": sum(len(row.below) for row in chapters)}
    words |= {"with_chapters": sum(row.is_recorded for row in chapters)}
    words |= {"with_headings": sum(row.recorded_below for row in chapters)}
    words |= {name: number_text.exact(count) for name, count in words.items() if name != "trade"}
    if words["with_headings"] == "0":
        return _("%(trade)s: %(with_chapters)s of %(chapters)s HS chapters have a figure.") % words
    return (
        _(
            "%(trade)s: %(with_chapters)s of %(chapters)s HS chapters and %(with_headings)s of %(headings)s headings "
            "have a figure."
        )
        % words
    )


def _found_words(rows, choice):
    count = sum(len(chapter.below) or 1 for section in rows for chapter in section.below)
    if not count:
        return _("No goods were found for “%(text)s”. Try another word, or the beginning of an HS code.") % {
            "text": choice.text
        }
    found = ngettext(
        "%(count)s chapter or heading found for “%(text)s”.",
        "%(count)s chapters and headings found for “%(text)s”.",
        count,
    )
    return found % {"count": count, "text": choice.text}


# The files.


def _csv(index, rows, choice):
    buffer = io.StringIO()
    out = csv.DictWriter(buffer, index_table.COLUMNS)
    out.writeheader()
    out.writerows({name: inert(value) for name, value in row.items()} for row in index_table.table(index, rows))
    name = f"goods-{choice.dataset}-{index.cube['release']['number']}-{choice.flow}.csv"
    return HttpResponse(
        buffer.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _json(index, rows, choice):
    made = _payload(index, rows, choice) | {"goods": list(index_table.table(index, rows))}
    return JsonResponse(made, json_dumps_params={"ensure_ascii": False})
