"""Times what a view that nobody has seen costs, against an earlier commit: `python -m benchmarks.views`.

Both sites hold the data of the earlier one's demonstration, and each runs in one process under production settings.
A figure is the processor time (user and system) of the server and of all processes below it, in milliseconds. Every
page that is asked for is another view. "A page" is VIEWS of them in turn; "at rest" is what a reader's browser has the
server do within five seconds after the page has come, and "pointing" what it adds to point at one control. The two
take turns, ROUNDS times over, and medians are compared.
"""

import os
import statistics
import sys
import tempfile
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path

from benchmarks.base_checkout import COMMIT, base_checkout
from benchmarks.export import keep
from benchmarks.sites import new_site, served
from benchmarks.views.at_rest import chromium, costs
from benchmarks.views.distinct_views import PAGES
from benchmarks.views.unseen_pages import cost, warmed

VIEWS, ROUNDS = 8, int(os.environ.get("ROUNDS", "3"))
CHEAPER = {"page": 4, "rest": 6, "rest and pointing": 6}  # times, at the least; of all pages together
PLENTY = "1000000"  # views a minute: one address asks for all of them


def main() -> None:
    """Measure both in turn, print the table, and put it into docs/benchmarks.md."""
    with ExitStack() as stack:
        base = stack.enter_context(base_checkout())
        var = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="yalu-views-")))
        servers = started(stack, var, base)
        browser = stack.enter_context(chromium())
        found = measured(browser, servers)
    text = report(found)
    print(text)
    keep(text, "views", "A view that nobody has seen", __doc__.split("\n\n")[1])


def started(stack: ExitStack, var: Path, base: Path) -> dict:
    """Make and start both sites: {"ours": Server, "then": Server}."""
    ours = new_site(var / "ours", UNSEEN_VIEWS_A_MINUTE=PLENTY)
    ours.run("-m", "benchmarks.same_data", str(base))
    then = new_site(var / "then", base)
    then.manage("demo")
    return {"ours": stack.enter_context(served(ours, "1")), "then": stack.enter_context(served(then, "1"))}


def measured(browser, servers: dict) -> dict:
    """Take rounds in turn: {("ours", "all provinces", "page"): [66.1, …], …}."""
    found = defaultdict(list)
    views = {name: {page: draw() for page, draw in PAGES.items()} for name in servers}
    for name, server in servers.items():
        warmed(server, views[name])
    for number in range(ROUNDS):
        for page in PAGES:
            for name, server in servers.items():
                addresses = views[name][page]
                found[name, page, "page"].append(cost(server, [next(addresses) for _view in range(VIEWS)]))
                told = costs(browser, server, next(addresses))
                for what in ("rest", "requests", "requests when pointing"):
                    found[name, page, what].append(told[what])
                found[name, page, "rest and pointing"].append(told["rest"] + told["pointing"])
        print(f"round {number + 1} of {ROUNDS} is done", file=sys.stderr)
    return {key: statistics.median(values) for key, values in found.items()}


def report(found: dict) -> str:
    """Lay the medians out as a Markdown table."""
    lines = [f"Medians of {ROUNDS} rounds; milliseconds of processor, at {COMMIT} and now; limits in brackets.", ""]
    heads = "".join(f" {what}, then | now | times cheaper |" for what in ("a page", "at rest", "at rest and pointing"))
    lines += [f"| view |{heads}", f"|---|{'---:|' * 9}"]
    for page in PAGES:
        lines.append(f"| {page} | {' | '.join(' | '.join(cells(found, page, what)) for what in CHEAPER)} |")
    lines.append(f"| all | {' | '.join(' | '.join(together(found, what)) for what in CHEAPER)} |")
    asked = {name: sum(found[name, page, "requests"] for page in PAGES) / len(PAGES) for name in ("then", "ours")}
    pointed = sum(found["ours", page, "requests when pointing"] for page in PAGES) / len(PAGES)
    said = (
        f"Requests of a reader at rest: {asked['then']:.1f}, now {asked['ours']:.1f}, when pointing {pointed:.1f} more."
    )
    return "\n".join([*lines, "", said])


def cells(found: dict, page: str, what: str) -> list[str]:
    then, now = found["then", page, what], found["ours", page, what]
    return [f"{then:.0f}", f"{now:.0f}", times(then, now)]


def together(found: dict, what: str) -> list[str]:
    then, now = (sum(found[name, page, what] for page in PAGES) for name in ("then", "ours"))
    return [f"{then:.0f}", f"{now:.0f}", f"{times(then, now)} (≥ {CHEAPER[what]})"]


def times(then: float, now: float) -> str:
    """Divide; processor time is counted in hundredths of a second, so that little may be nothing."""
    return f"{then / now:.1f}" if now else "–"


if __name__ == "__main__":
    main()
