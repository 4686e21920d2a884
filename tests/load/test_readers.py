"""The readers of the load: when they ask, what for, what they note of an answer, and which limits are held."""

import asyncio
import io
import json
from itertools import islice

import pytest

from benchmarks.load import open_loop
from benchmarks.load.address_mix import SHARES, questions
from benchmarks.load.process_memory import Process
from benchmarks.load.results import Results, grown

OK, HEAD = b"HTTP/1.1 200 OK\r\n", b"Content-Length: 3\r\n\r\nabc"


def test_a_hundred_questions_a_second_arrive_at_random_moments():
    moments = open_loop.schedule(100, 100)
    rests = [later - earlier for earlier, later in zip(moments, moments[1:], strict=False)]
    assert 9_700 < len(moments) < 10_300
    assert moments == sorted(moments) and moments[-1] < 100
    assert 0.36 < sum(rest > 0.01 for rest in rests) / len(rests) < 0.38  # 1/e, as of a Poisson process


def test_the_kinds_have_their_shares_and_no_unseen_view_comes_twice():
    drawn = list(islice(questions(), 4_000))
    for kind, share in SHARES.items():
        assert abs(sum(one.kind == kind for one in drawn) / len(drawn) - share / 100) < 0.02
    unseen = [one.address for one in drawn if one.kind == "unseen view"]
    assert len(unseen) == len(set(unseen))


def asked(*answers: bytes, moments=(0.0,), clients=1, rest=0.0) -> list[dict]:
    """Let readers ask a server that sends these bytes, one answer a question: what they noted."""
    left = list(answers)

    async def answer(reader, writer):
        while left and await reader.readline():
            await reader.readuntil(b"\r\n\r\n")
            await asyncio.sleep(rest)
            writer.write(left.pop(0))
            await writer.drain()
        writer.close()

    async def run():
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        rush = open_loop.Rush(server.sockets[0].getsockname()[1], out, clients)
        await rush.run(list(moments), questions())
        for client in rush.resting:
            client._hang_up()
        server.close()

    out = io.StringIO()
    asyncio.run(run())
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (OK + HEAD, 200),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 200),
        (b"HTTP/1.1 503 Service Unavailable\r\n" + HEAD, 503),
        (OK + b"Content-Length: 9\r\n\r\nabc", open_loop.CUT_OFF),
        (b"", open_loop.CUT_OFF),
    ],
)
def test_the_status_of_an_answer_is_noted_and_that_it_broke_off(sent, status):
    assert [one["status"] for one in asked(sent)] == [status]


def test_one_connection_carries_one_answer_after_another():
    assert [one["status"] for one in asked(OK + HEAD, OK + HEAD, OK + HEAD, moments=(0, 0, 0))] == [200, 200, 200]


def test_a_question_that_waits_for_a_client_is_timed_from_its_moment():
    first, second = asked(OK + HEAD, OK + HEAD, moments=(0, 0), rest=0.05)
    assert first["late"] < 0.05 <= second["late"]
    assert second["seconds"] >= 0.1


def results(kept=0.01, slow=0.01, status=200, saves=(0.3,)) -> Results:
    """A thousand kept pages, fifteen of them slow, a file, and some saves."""
    times = [("kept page", kept, 200)] * 985 + [("kept page", slow, 200)] * 14 + [("file", 0.01, 200)]
    lines = [{"kind": k, "seconds": s, "status": n} for k, s, n in [*times, ("kept page", kept, status)]]
    found = Results.read(map(json.dumps, lines))
    found.add({"save": list(saves)}, [])
    return found


def test_a_rush_within_its_limits_is_not_complained_of():
    assert results(slow=0.149).over() == []
    assert results(kept=0.02, slow=0.199).over() == []


@pytest.mark.parametrize(
    ("over", "word"),
    [
        ({"slow": 0.151}, "kept page: p99 is 151 ms, over 150"),
        ({"kept": 0.02, "slow": 0.201}, "over 200"),
        ({"status": 503}, "kept page: {503: 1} answers were not 200"),
        ({"status": 0}, "kept page: {0: 1} answers were not 200"),
        ({"saves": (0.2, 1.1, 1.2)}, "a save takes 1.10 s at 50%"),
        ({"saves": [0.2] * 18 + [3.1] * 2}, "a save takes 3.10 s at 95%"),
        ({"saves": ()}, "no save"),
    ],
)
def test_each_limit_that_does_not_hold_is_named(over, word):
    assert word in "; ".join(results(**over).over())


def test_a_process_that_grows_by_more_than_a_twentieth_is_named():
    server, worker, late = Process(1, "server"), Process(2, "worker"), Process(3, "renderer")
    before, after = {server: 100.0, worker: 100.0}, {server: 105.0, worker: 105.1, late: 500.0}
    assert grown(before, after) == ["worker (2): 100 MB, then 105"]
