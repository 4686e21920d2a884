"""Finds what a dataset knows by its year alone where others are known by months: it is missing in each of them."""

from trade.charts.cube import ROOT

LEVELS = ("province", "chapter")  # the deepest of which months are kept


def counts(cube: dict, flow: str) -> dict:
    """Count the parts of each node that a year's months lack: {"all": {"2024": 2}, "v": {"2024": 1}, …}."""
    months, years = cube["months"].get(flow, {}), cube["cells"].get(flow, {})
    with_months = {month[:4] for month in months.get(ROOT, {})}
    found = {}
    for slug in years:
        if cube["nodes"][slug]["level"] in LEVELS:
            known = _by_year(months.get(slug, {}))
            for year in with_months:
                if _is_alone(years[slug], cube["years"].index(int(year)), known.get(year, [])):
                    _count(found, cube["nodes"], slug, year)
    return found


def _by_year(months):
    """What is reported of each month, by year; months without a row of what is reported are left out."""
    known = {}
    for month, (reported, _estimate, status, *_counts) in months.items():
        if status != " ":
            known.setdefault(month[:4], []).append(reported or 0)
    return known


def _is_alone(cell, place, months):
    if cell["status"][place] == " ":
        return False
    return not months or sum(months) != (cell["reported"][place] or 0)


def _count(found, nodes, slug, year):
    while slug:
        of_node = found.setdefault(slug, {})
        of_node[year] = of_node.get(year, 0) + 1
        slug = nodes[slug]["parent"]
