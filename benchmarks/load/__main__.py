"""Two hundred readers and two busy editors on a real site: `python -m benchmarks.load [--seconds 300] [--memory]`.

A hundred questions a second arrive by a Poisson schedule, whether or not the server has answered, and are put by 200
clients over connections that they keep; a time runs from the moment of the schedule. Of the questions, 60% are for kept
pages, 15% for files, 15% for views that nobody has seen, 10% for the API. Meanwhile one editor uploads and publishes
100,000 rows over and over, and another saves a question every few seconds. The server, its worker, the editors and the
readers share the machine; the site has SQLite. "Readers alone" are asked in the same way before the editors begin, and
"a bare function" answers every question by itself with 20 kB, which tells what the readers' own program and the machine
add. `--memory` goes on for eleven minutes, and tells what each process holds at minute 3 and at minute 10.
"""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings

from benchmarks.export import keep
from benchmarks.load import results
from benchmarks.load.floor import bare_function
from benchmarks.load.rush import IN_PRODUCTION, readers, rush, warm
from tests.browser.site import copied, made_site
from tests.outages.supervised import supervised

ALONE, WHOLE = 60, 300  # seconds
MEMORY, LONG = (3, 10), 660  # minutes that are compared; seconds of a run that has both


def main() -> int:
    """Measure, print the tables, and put those of a whole run into docs/benchmarks.md; 1 if a limit does not hold."""
    said = arguments()
    settings.configure()  # for the form that an editor sends; the site has settings of its own
    seconds = LONG if said.memory else said.seconds
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="yalu-load-")))
        floor = bare_function(min(seconds, ALONE))
        site = copied(Path(said.made), folder / "site") if said.made else made_site(folder / "site")
        site.environment |= IN_PRODUCTION
        both = stack.enter_context(supervised(site))
        warm(site)
        alone = readers(site.environment["PORT"], min(seconds, ALONE), seed=2)
        found, held = rush(both, seconds, MEMORY if said.memory else ())
        print(both.log("worker")[-2000:], file=sys.stderr)
    text = results.report({"a bare function": floor, "readers alone": alone, "with both editors": found}, held)
    print(text)
    over = [*found.over(), *(results.grown(*held) if held else [])]
    print("\n".join(over), file=sys.stderr)
    if seconds >= WHOLE and not said.made:
        keep(text, "load", "Load", __doc__.split("\n\n")[1])
    return 1 if over else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Readers and editors at once.")
    parser.add_argument("--seconds", type=float, default=WHOLE)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--made", help="the folder of a site that was made before; its figures are only printed")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
