"""What a load came to, and its limits."""

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.load.address_mix import SHARES

LIMITED = ("kept page", "file")
TIMES_P50, LEAST_LIMIT = 10, 0.150  # p99 ≤ ten times p50, or 150 ms where that is more
SAVES = {0.5: 1.0, 0.95: 3.0}  # seconds of a save at percentiles
GROWTH = 1.05  # of a process between minute 3 and minute 10


@dataclass
class Results:
    """The answers by kind, in seconds, the statuses, and what the editors noted."""

    seconds: dict = field(default_factory=lambda: defaultdict(list))
    statuses: dict = field(default_factory=lambda: defaultdict(Counter))
    editors: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)

    @classmethod
    def read(cls, lines: Iterable[str]) -> "Results":
        """Read what the readers wrote (benchmarks.load.open_loop)."""
        found = cls()
        for line in lines:
            answer = json.loads(line)
            found.seconds[answer["kind"]].append(answer["seconds"])
            found.statuses[answer["kind"]][answer["status"]] += 1
        return found

    def percentile(self, kind: str, share: float) -> float:
        """Seconds within which a share of the answers of a kind came."""
        return percentile(self.seconds[kind], share)

    def errors(self) -> dict:
        """Answers that were not 200, by kind: {"API": {503: 12}}; a connection that broke off counts as 0."""
        wrong = {kind: {s: n for s, n in counts.items() if s != 200} for kind, counts in self.statuses.items()}
        return {kind: counts for kind, counts in wrong.items() if counts}

    def over(self) -> list[str]:
        """Say in words which limits do not hold."""
        found = [f"{kind}: {counts} answers were not 200" for kind, counts in self.errors().items()]
        for kind in LIMITED:
            limit = self.limit(kind)
            if (p99 := self.percentile(kind, 0.99)) > limit:
                found.append(f"{kind}: p99 is {1000 * p99:.0f} ms, over {1000 * limit:.0f}")
        return [*found, *self._slow_saves(), *self.faults]

    def _slow_saves(self):
        saves = self.editors.get("save", [])
        if not saves:
            return ["no save was made"]
        took = {share: percentile(saves, share) for share in SAVES}
        return [
            f"a save takes {took[at]:.2f} s at {at:.0%}, over {most:g}" for at, most in SAVES.items() if took[at] > most
        ]

    def limit(self, kind: str) -> float:
        """The p99 that is allowed for a kind, in seconds."""
        return max(TIMES_P50 * self.percentile(kind, 0.5), LEAST_LIMIT)

    def add(self, times: dict, faults: list) -> None:
        """Add what an editor noted: {"save": [0.3, …]}, and what went wrong."""
        self.editors |= times
        self.faults += faults


def percentile(values: list, share: float) -> float:
    """The value that a share of all do not exceed; not a number where there are none."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else float("nan")


def grown(before: dict, after: dict) -> list[str]:
    """Say which processes hold more than they may at the end: those that were there both times."""
    return [
        f"{who.role} ({who.pid}): {before[who]:.0f} MB, then {much:.0f}"
        for who, much in after.items()
        if who in before and much > GROWTH * before[who]
    ]


# --- what is told --------------------------------------------------------------------------------------------------


def report(found: dict[str, Results], held: list) -> str:
    """Lay everything out as Markdown tables, by who was asked and beside whom."""
    parts = [readers_lines(found)]
    parts += [editors_lines(results) for results in found.values() if results.editors]
    parts += [memory_lines(*held)] if held else []
    return "\n\n".join("\n".join(lines) for lines in parts)


def readers_lines(found: dict[str, Results]) -> list[str]:
    lines = [f"Load of the machine at the end {os.getloadavg()[0]:.1f}; limits in brackets.", ""]
    lines += ["| who answers | what is asked for | questions | p50, ms | p99, ms | longest, ms | not 200 |"]
    lines += ["|---|---|---:|---:|---:|---:|---:|"]
    for name, results in found.items():
        for kind in SHARES:
            times = [1000 * results.percentile(kind, share) for share in (0.5, 0.99, 1)]
            limit = f" (≤ {1000 * results.limit(kind):.0f})" if kind in LIMITED and results.editors else ""
            wrong = ", ".join(f"{n} × {s}" for s, n in results.errors().get(kind, {}).items()) or "0"
            shown = f"{times[0]:.1f} | {times[1]:.0f}{limit} | {times[2]:.0f}"
            lines.append(f"| {name} | {kind} | {len(results.seconds[kind]):,} | {shown} | {wrong} |")
    return lines


def editors_lines(results: Results) -> list[str]:
    lines = ["| an editor’s step | times | median, s | p95, s | longest, s |", "|---|---:|---:|---:|---:|"]
    for step, times in results.editors.items():
        limits = [f" (< {SAVES[share]:g})" if step == "save" else "" for share in (0.5, 0.95)]
        shown = f"{percentile(times, 0.5):.2f}{limits[0]} | {percentile(times, 0.95):.2f}{limits[1]}"
        lines.append(f"| {step} | {len(times)} | {shown} | {max(times):.2f} |")
    return lines


def memory_lines(before: dict, after: dict) -> list[str]:
    lines = [f"| process | minute 3, MB | minute 10, MB | times (≤ {GROWTH}) |", "|---|---:|---:|---:|"]
    for who in before:
        if who in after:
            lines.append(f"| {who.role} | {before[who]:.0f} | {after[who]:.0f} | {after[who] / before[who]:.2f} |")
    return lines
