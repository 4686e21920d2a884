"""A Redis that did not answer is asked again after a pause, and meanwhile costs nobody a moment."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import redis

from web import redis_client

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def server(monkeypatch):
    """A server that the test lets fail, the questions that it was asked, and a clock that the test sets."""

    class Server:
        error, asked, now = None, 0, 100.0

        def answer(self, _client, *_command, **_options):
            self.asked += 1
            if self.error:
                raise self.error
            return b"PONG"

    made = Server()
    monkeypatch.setattr(redis.Redis, "execute_command", lambda *command, **more: made.answer(*command, **more))
    monkeypatch.setattr(redis_client, "clock", lambda: made.now)
    monkeypatch.setattr(redis_client, "_silent_until", 0.0)
    return made


@pytest.mark.parametrize("error", [redis.TimeoutError("silent"), redis.ConnectionError("refused")])
def test_after_one_question_without_an_answer_none_is_asked_for_a_while(error, server):
    clients, server.error = [redis_client.Client(), redis_client.Client()], error
    for client in clients * 3:
        with pytest.raises((redis.TimeoutError, redis.ConnectionError)):
            client.execute_command("PING")
    assert server.asked == 1
    server.error, server.now = None, server.now + redis_client.PAUSE
    assert [client.execute_command("PING") for client in clients] == [b"PONG"] * 2
    assert server.asked == 3


def test_an_answer_that_is_an_error_is_an_answer(server):
    client, server.error = redis_client.Client(), redis.ResponseError("OOM command not allowed")
    for _time in range(2):
        with pytest.raises(redis.ResponseError):
            client.execute_command("SET", "a", "b")
    assert server.asked == 2


NO_REDIS = """
import django, json
django.setup()
from django.core.cache import cache, caches
from django.test import Client
cache.set("a", 1)
client = Client()
print(json.dumps([cache.get("a", "none"), bool(cache.add("b", 1)), cache.get_many(["a"]), bool(cache.has_key("a")),
    client.get("/questions/").status_code, client.get("/api/v1/datasets").status_code,
    client.get("/admin/login/", follow=True).status_code]))
"""


@pytest.mark.slow
def test_a_redis_that_does_not_answer_costs_time_and_nothing_else(tmp_path, migrated):
    shutil.copy(migrated, tmp_path / "yalu.sqlite3")
    environment = os.environ | {
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "DATABASE_URL": f"sqlite:///{tmp_path}/yalu.sqlite3",
        "VAR_DIR": str(tmp_path),
        "DEBUG": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", NO_REDIS], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout.splitlines()[-1]) == ["none", False, {}, False, 200, 200, 200]
    assert "Exception ignored" in done.stderr and "Connection refused" in done.stderr
