"""Answers which part of a dataset of goods is under sanctions: year by year, by the rules of then or of today."""

from trade.api.errors import Refused
from trade.bundles import rulebooks, sanction_files, storage
from trade.charts.by_sanctions import split_cube, split_words
from trade.charts.cube_reader import reading
from trade.models import Dataset, Release
from trade.number_text import exact_percent


def answer(release: Release, asked) -> dict:
    """Split a release as `asked` (parameters.BySanctions): {"groups": [row, …], "banned": [share, …]}.

    Raises: Refused 404 (a code without figures, a dataset without goods).
    """
    _refuse_what_has_no_codes(release.dataset)
    cube = storage.cube(release)
    slug = (asked.code or "all").lower()
    if slug not in cube["nodes"]:
        message = f"This release has no figures for {asked.code}."
        raise Refused(404, "no_figures", message, "code", asked.code, "a section or code of the dataset")
    book = rulebooks.of(cube, is_frozen=asked.release is not None or asked.as_of is not None)()
    split = split_cube.of(cube, slug, book, asked.rules)
    flows = [asked.flow] if asked.flow else list(split_cube.FLOWS)
    rows = [row for row in sanction_files.split_rows(split, asked.rules, book.today) if row["flow"] in flows]
    return {"groups": rows, "banned": [share for flow in flows for share in _shares(split, flow)]}


def _refuse_what_has_no_codes(dataset):
    if dataset.kind != Dataset.Kind.COMMODITY:
        message = f"Sanctions name goods, and {dataset.slug} does not list goods."
        raise Refused(404, "no_goods", message, "dataset", dataset.slug, "a dataset of kind commodity")


def _shares(split, flow):
    """How much of each year is banned, at least and at most; of a year in which the rules changed nothing is said."""
    cells = reading(split.cube, flow)
    for year in cells.periods:
        found = None if split.changed(flow, year) else split_words.share(cells, year)
        if found:
            yield {
                "period": str(year),
                "flow": flow,
                "at_least_percent": exact_percent(found.low, found.whole),
                "at_most_percent": exact_percent(found.high, found.whole),
                "of_usd": found.whole,
                "missing": cells.gaps(("all",), year),
            }
