"""The medians of all cases as Markdown tables, with the limits that they are held against."""

import os

from benchmarks.base_checkout import COMMIT
from benchmarks.serving.asking import CONNECTIONS, SECONDS
from benchmarks.serving.cases import Case
from benchmarks.serving.growing import FEW, MANY
from benchmarks.sites import CORES

OF_BARE = {"file": 0.8, "page": 0.5}  # of the rate of a bare function, at the least
OF_NGINX = {"file": 0.45, "page": 0.3}  # of nginx's, as an aim
GROWTH = 1.2  # times the cost of a page, at the most
PEERS = ("bare", "then", "nginx", "Datasette")


def report(cases: list[Case], rounds: int) -> str:
    """Lay everything out."""
    by = {(case.group, case.name): case for case in cases}
    load = os.getloadavg()[0]
    said = f"Medians of {rounds} rounds of {SECONDS} s, {CONNECTIONS} connections, {CORES} cores shared with wrk; "
    said += f"load of the machine at the end {load:.1f}. “Then” is {COMMIT}. Limits and aims are in brackets."
    there = {name for _group, name in by}
    missing = [f"\n{name} was not there and was not measured." for name in PEERS if name not in there]
    return "\n".join([said, *missing, "", *rates(by), "", *costs(by), "", *growth(by)])


def rates(by: dict) -> list[str]:
    """Answers a second."""
    lines = [
        "| what is asked for | bytes | ours, 1/s | bare, 1/s | ours / bare | then, 1/s | nginx, 1/s | ours / nginx "
    ]
    lines[0] += "| Datasette, 1/s |"
    lines.append(f"|---|{'---:|' * 8}")
    for group in groups(by, "ours"):
        ours, kind = by[group, "ours"], group.split()[0]
        cells = [f"{ours.size:,}", shown(ours.rate), *against(by, group, "bare", OF_BARE.get(kind))]
        cells += [rate_of(by, group, "then"), *against(by, group, "nginx", OF_NGINX.get(kind))]
        lines.append(f"| {group} | {' | '.join([*cells, rate_of(by, group, 'Datasette')])} |")
    return lines


def against(by: dict, group: str, peer: str, limit: float | None) -> list[str]:
    """The rate of a peer and what ours is of it, with what it should be."""
    if not (found := by.get((group, peer))):
        return ["", ""]
    part = ratio(by[group, "ours"].rate, found.rate)
    return [shown(found.rate), f"{part} (≥ {limit})" if limit else part]


def costs(by: dict) -> list[str]:
    """Processor time of the server an answer, which wrk has no part in."""
    lines = ["| what is asked for | ours, µs of processor | bare, µs | bare / ours | then, µs | then / ours |"]
    lines.append(f"|---|{'---:|' * 5}")
    for group in groups(by, "ours"):
        ours, cells = by[group, "ours"].cost, []
        for peer in ("bare", "then"):
            found = by.get((group, peer))
            cells += [f"{found.cost:.0f}", ratio(found.cost, ours)] if found else ["", ""]
        lines.append(f"| {group} | {ours:.0f} | {' | '.join(cells)} |")
    return lines


def growth(by: dict) -> list[str]:
    """Pages of a small and of a large dataset."""
    lines = [f"| page view | at {FEW:,} observations, ms of processor | at {MANY:,} | times (≤ {GROWTH}) | by rate |"]
    lines.append(f"|---|{'---:|' * 4}")
    for group in groups(by, f"{FEW:,}"):
        few, many = by[group, f"{FEW:,}"], by[group, f"{MANY:,}"]
        cells = [f"{few.cost / 1000:.3f}", f"{many.cost / 1000:.3f}", ratio(many.cost, few.cost)]
        lines.append(f"| {group} | {' | '.join(cells)} | {ratio(few.rate, many.rate)} |")
    return lines


def groups(by: dict, name: str) -> list[str]:
    return list(dict.fromkeys(group for group, whose in by if whose == name))


def rate_of(by: dict, group: str, name: str) -> str:
    return shown(by[group, name].rate) if (group, name) in by else ""


def shown(rate: float) -> str:
    return f"{rate:,.{0 if rate > 50 else 1}f}"


def ratio(one: float, other: float) -> str:
    """Divide; nothing was answered in time by a peer whose rate is 0."""
    return f"{one / other:,.2f}" if other else "–"
