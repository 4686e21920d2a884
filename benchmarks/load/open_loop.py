"""Readers who ask when they want to, whether or not the server has answered: `python -m benchmarks.load.open_loop`.

Questions arrive by a Poisson schedule that is drawn beforehand. Each is put by the client that has rested longest, over
a connection that it keeps; where all of them wait for an answer, the question waits too. Its time runs from the moment
of the schedule, so that a server that stops for a second is charged with all who would have asked in that second. A
process of its own, which writes one line of JSON an answer.
"""

import argparse
import asyncio
import json
import random
import sys
import time
from collections import deque
from dataclasses import dataclass

from benchmarks.load.address_mix import Asked, questions

CLIENTS, A_SECOND = 200, 100
PATIENCE = 30.0  # seconds that a client waits for an answer
CUT_OFF = 0  # in place of a status: no connection, or one that broke off


def schedule(seconds: float, a_second: float, seed: int = 1) -> list[float]:
    """Draw the moments at which questions arrive, in seconds from the beginning: [0.004, 0.011, …]."""
    draw, moments, now = random.Random(seed), [], 0.0
    while (now := now + draw.expovariate(a_second)) < seconds:
        moments.append(now)
    return moments


@dataclass
class Client:
    """A reader with a connection, behind a proxy that tells the reader's address."""

    port: int
    number: int
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def ask(self, address: str) -> int:
        """Ask once, and read the answer to its end: its status, or CUT_OFF."""
        try:
            async with asyncio.timeout(PATIENCE):
                if self.writer is None:
                    self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**22)
                self.writer.write(self._words(address))
                return await self._answer()
        except (OSError, TimeoutError, EOFError, ValueError, asyncio.LimitOverrunError):
            self._hang_up()
            return CUT_OFF

    def _words(self, address):
        told = f"X-Forwarded-For: 10.1.{self.number // 250}.{self.number % 250 + 1}\r\nX-Forwarded-Proto: http\r\n"
        return (
            f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept-Encoding: br, gzip\r\n{told}\r\n"
        ).encode()

    async def _answer(self):
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status, headers = int(head[9:12]), dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        if "chunked" in headers.get("transfer-encoding", ""):
            while size := int(await self.reader.readline(), 16):
                await self.reader.readexactly(size + 2)
            await self.reader.readexactly(2)
        else:
            await self.reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection") == "close":
            self._hang_up()
        return status

    def _hang_up(self):
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None


class Rush:
    """Two hundred clients, the questions that wait for one of them, and what became of each question."""

    def __init__(self, port: int, out, clients: int = CLIENTS):
        self.resting = deque(Client(port, number) for number in range(clients))
        self.waiting, self.out, self.asking = deque(), out, set()
        self.begun = 0.0

    async def run(self, moments: list[float], asked) -> None:
        """Put each question at its moment, then wait for the last answers."""
        self.begun = time.perf_counter()
        for moment in moments:
            rest = moment - (time.perf_counter() - self.begun)
            if rest > 0:
                await asyncio.sleep(rest)
            self.waiting.append((moment, next(asked)))
            self._go_on()
        while self.asking:
            await asyncio.wait(self.asking)

    def _go_on(self):
        while self.waiting and self.resting:
            task = asyncio.ensure_future(self._put(self.resting.popleft(), *self.waiting.popleft()))
            self.asking.add(task)
            task.add_done_callback(self.asking.discard)

    async def _put(self, client: Client, moment: float, question: Asked):
        put = time.perf_counter() - self.begun
        status = await client.ask(question.address)
        now = time.perf_counter() - self.begun
        times = {"at": round(moment, 5), "late": round(put - moment, 5), "seconds": round(now - moment, 5)}
        print(json.dumps({"kind": question.kind, "address": question.address, "status": status} | times), file=self.out)
        self.resting.append(client)
        self._go_on()


def main() -> None:
    """Ask, and write what was answered to standard output."""
    parser = argparse.ArgumentParser(description="Readers who ask on a schedule.")
    parser.add_argument("port", type=int)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--a-second", type=float, default=A_SECOND)
    parser.add_argument("--seed", type=int, default=1)
    said = parser.parse_args()
    rush = Rush(said.port, sys.stdout)
    asyncio.run(rush.run(schedule(said.seconds, said.a_second, said.seed), questions(said.seed)))


if __name__ == "__main__":
    main()
