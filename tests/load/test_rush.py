"""Two hundred readers ask a hundred times a second while one editor publishes and another saves: eleven minutes."""

import tempfile
from pathlib import Path

import pytest

from benchmarks.load.results import grown, report
from benchmarks.load.rush import IN_PRODUCTION, rush, warm
from tests.browser.site import made_site
from tests.outages.supervised import supervised

pytestmark = pytest.mark.soak

SECONDS, MINUTES = 660, (3, 10)


@pytest.fixture(scope="module")
def rushed():
    """What the readers and the editors saw, and what each process held at minutes 3 and 10."""
    with tempfile.TemporaryDirectory(prefix="yalu-tests-") as folder:
        site = made_site(Path(folder))
        site.environment |= IN_PRODUCTION
        with supervised(site) as both:
            warm(site)
            return rush(both, SECONDS, MINUTES)


def test_every_question_is_answered_in_time_and_saves_do_not_wait(rushed):
    results, held = rushed
    assert results.over() == [], report({"with both editors": results}, held)
    assert len(results.editors["published"]) >= 2 and len(results.editors["save"]) >= 60


def test_no_process_holds_more_at_minute_ten_than_at_minute_three(rushed):
    _results, (before, after) = rushed
    assert {"server", "renderer", "worker"} <= {who.role for who in before.keys() & after.keys()}
    assert grown(before, after) == []
