"""/metrics tells Prometheus of the site; for whoever has not its token there is no such page."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from django.db import OperationalError
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from tests.trade import sites
from trade.models import Release, Upload, Worker
from trade.pages.watch import gauges
from web.observed import answer_facts, meters

publish = sites.usual
TOKEN = "a-token-of-some-length"
ALERTS = yaml.safe_load((Path(__file__).resolve().parents[4] / "deploy/prometheus/alerts.yml").read_text())
RULES = {rule["alert"]: rule for group in ALERTS["groups"] for rule in group["rules"]}


@pytest.fixture
def told(site, client, settings):
    """Ask as Prometheus does: {("yalu_uploads", (("state", "failed"),)): 1.0, …}."""
    settings.METRICS_TOKEN = TOKEN

    def ask():
        answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        families = text_string_to_metric_families(answer.content.decode())
        return {
            (sample.name, *sorted(sample.labels.values())): sample.value for each in families for sample in each.samples
        }

    return ask


@pytest.mark.parametrize("said", [None, "", "Bearer", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN, "Bearer é"])
def test_without_the_token_there_is_no_such_page(db, client, settings, said):
    settings.METRICS_TOKEN = TOKEN
    headers = {} if said is None else {"Authorization": said}
    assert client.get("/metrics", headers=headers).status_code == 404


def test_without_a_token_in_the_settings_nobody_has_one(db, client, settings):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_it_answers_under_any_host_as_the_addresses_of_health_do(told, client):
    answer = client.get("/metrics", headers={"Host": "10.1.2.3:8000", "Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200


def test_uploads_tasks_releases_and_workers_are_told(told):
    release = Release.objects.first()
    Upload.objects.create(dataset_id=release.dataset_id, state=Upload.State.FAILED)
    Worker.objects.create(pk="one", seen=timezone.now() - timedelta(seconds=100))
    found = told()
    assert found["yalu_database_up",] == 1
    assert found["yalu_uploads", "failed"] == found["yalu_alerts", "failed uploads"] == 1
    assert found["yalu_uploads", "discarded"] == 0
    assert found["yalu_tasks", "waiting"] == found["yalu_oldest_task_seconds",] == 0
    assert 100 <= found["yalu_worker_sign_age_seconds",] < 200
    assert 0 <= found["yalu_release_age_seconds", release.dataset_id] < 24 * 3600
    assert all(found["yalu_disk_free_bytes", place] > 0 for place in gauges.conditions.places())


def test_while_the_database_is_away_the_rest_is_told(told, monkeypatch):
    def away(*_):
        raise OperationalError

    monkeypatch.setattr(gauges, "_of_the_database", away)
    monkeypatch.setattr(gauges.connection, "close", lambda: None)
    found = told()
    assert found["yalu_database_up",] == 0
    assert "yalu_build_info" in {name for name, *_ in found}
    assert "yalu_uploads" not in {name for name, *_ in found}


def answered(seconds, status="200", kind="kept", method="GET"):
    return answer_facts.Answer(0.0, seconds, method, "/", status, 10, kind, "9f2c")


def value(metric, name, **labels):
    """The value of one sample of a metric of this process; 0 before it has counted anything."""
    samples = [sample for family in metric.collect() for sample in family.samples]
    return next((each.value for each in samples if (each.name, each.labels) == (name, labels)), 0)


def counted():
    return [
        value(meters.REQUESTS, "yalu_requests_total", kind="kept", status="2xx"),
        value(meters.REQUESTS, "yalu_requests_total", kind="kept", status="5xx"),
        value(meters.BYTES, "yalu_response_bytes_total", kind="kept"),
        *(
            value(meters.SECONDS, "yalu_request_seconds_bucket", kind="kept", le=le)
            for le in ("0.001", "0.005", "+Inf")
        ),
        value(meters.SECONDS, "yalu_request_seconds_count", kind="kept"),
        value(meters.SECONDS, "yalu_request_seconds_sum", kind="kept"),
    ]


def test_answers_are_counted_by_kind_status_bytes_and_time():
    before = counted()
    meters.count([answered(0.0005), answered(0.001, method="HEAD"), answered(0.004), answered(99, status="500")])
    added = [after - earlier for after, earlier in zip(counted(), before, strict=True)]
    assert added == [3, 1, 30, 2, 3, 4, 4, pytest.approx(99.0055)]


def test_each_rule_of_alerts_asks_for_what_is_told_under_labels_that_it_has(told):
    meters.count([answered(0.001)])
    ours = [meters.REQUESTS, meters.BYTES, meters.SECONDS, meters.RESTARTS, meters.WAITING, meters.PAGES]
    families = [family for metric in (*ours, meters.PAGE_BYTES, gauges.Site()) for family in metric.collect()]
    labels = {sample.name: set(sample.labels) for family in families for sample in family.samples}
    labels |= {family.name: set() for family in families if not family.samples}
    for name, rule in RULES.items():
        assert rule["annotations"]["summary"] and rule["labels"]["severity"] in ("page", "warn"), name
        for metric, selector in re.findall(r"(yalu_\w+)(?:\{([^}]*)\})?", rule["expr"]):
            assert metric in labels, f"{name} asks for {metric}"
            assert set(re.findall(r"(\w+)(?==~?\"|!=)", selector)) <= labels[metric], f"{name}: {selector}"
