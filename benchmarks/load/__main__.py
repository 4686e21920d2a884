"""Two hundred readers, a hundred questions a second, two busy editors: `python -m benchmarks.load [--seconds 300]`."""

import argparse
import tempfile
from pathlib import Path

from django.conf import settings

from benchmarks.load.rush import BEHIND_PROXY, rush
from tests.browser.site import copied, made_site
from tests.outages.supervised import supervised


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--made")
    said = parser.parse_args()
    settings.configure()  # for the form that an editor sends; the site has settings of its own
    with tempfile.TemporaryDirectory(prefix="yalu-load-") as folder:
        site = copied(Path(said.made), Path(folder)) if said.made else made_site(Path(folder))
        site.environment |= BEHIND_PROXY
        with supervised(site) as both:
            results, _memory = rush(both, said.seconds)
            print(both.log("server")[-3000:], both.log("worker")[-2000:])
    print(results.table())
    print(results.over())


if __name__ == "__main__":
    main()
