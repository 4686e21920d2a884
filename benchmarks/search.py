"""Times a search against a bare indexed query, in one interleaved run: `python -m benchmarks.search`.

There are ENTRIES entries: those of the first words and of the whole nomenclature, and invented goods whose names are
drawn from the words of real ones. Ours is all that is done for one answer: reading what was typed, ranking, telling by
which name each result was found. The floor is a bare query by the same index for one of the words, the one with the
most terms, and for nothing else: 20 terms with their entries, the weightiest first. It is asked as Django asks, which
makes objects of rows, and, to show what the database itself takes, as plain SQL over the same connection. All take
turns, ROUNDS times over for each query; medians are compared, and the limits are 50 ms and five times the floor.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

from benchmarks.export import ROOT, keep

ENTRIES, ROUNDS, LIMIT, SECONDS = 20_000, 200, 5.0, 0.05
QUERIES = [
    *("coal", "co", "other", "2701", "27", "iron ore", "煤", "无烟煤", "석탄", "dand", "is coal banned? since when?"),
    *("parts of machines and of other goods", "xqzw"),
]

PLAIN = """
SELECT entry.title, entry.url, term.weight
FROM search_term AS term JOIN search_entry AS entry ON entry.id = term.entry_id
WHERE term.term >= %s AND term.term <= %s ORDER BY term.weight DESC LIMIT 20
"""


def main() -> int:
    """Measure on both databases, print the table, keep it in docs/benchmarks.md; 1 where something is over a limit."""
    from tests.postgres import server

    rows = measured_on("sqlite", "")
    with server() as address:
        rows += measured_on("postgresql", address)
    text = report(rows)
    print(text)
    keep(text, "search", "Search", __doc__.split("\n\n")[1])
    return int("**over**" in text)


def measured_on(name: str, address: str) -> list[list[str]]:
    """Measure in a process of its own: rows of the table."""
    with tempfile.TemporaryDirectory(prefix="yalu-benchmark-") as var:
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "0", "VAR_DIR": var}
        environment |= {"SECRET_KEY": "x" * 50, "ALLOWED_HOSTS": "localhost"}
        environment |= {"DATABASE_URL": address} if address else {}
        command = [sys.executable, "-m", "benchmarks.search", name]
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return [line.split("\t") for line in done.stdout.splitlines() if line.startswith(name)]


def measure(name: str) -> None:
    """Fill the database, and print a row for each query: name, query, plain, floor, ours, slowest, found."""
    import django

    django.setup()
    fill()
    for query in QUERIES:
        taken, found = times(query)
        figures = [*map(statistics.median, taken), sorted(taken[2])[int(ROUNDS * 0.99)]]
        print(name, query, *(f"{1000 * figure:.3f}" for figure in figures), found, sep="\t")


def fill() -> None:
    from django.core.management import call_command
    from django.db import connection

    from search import index
    from search.models import Entry

    call_command("migrate", verbosity=0)
    call_command("load_tables", stdout=sys.stderr)
    real = [entry for entry in index.lasting() if entry["kind"] == "subheading"]
    draw = random.Random(7)
    words = [word for entry in real for word in entry["title"].split()]
    everything = {entry["key"]: entry for entry in [*index.lasting(), *index.passing()]}
    for number in range(ENTRIES - Entry.objects.count()):
        title = " ".join(draw.choices(words, k=draw.randint(2, 6)))
        entry = {"key": f"invented-{number}", "title": title, "text": draw.choice(real)["words"]}
        everything[entry["key"]] = {
            "kind": "subheading",
            "url": "/",
            "code": f"{number:06d}",
            "is_lasting": True,
        } | entry
    index._write(everything)
    if Entry.objects.count() != ENTRIES:
        raise SystemExit(f"{Entry.objects.count()} entries")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def times(query: str) -> tuple[list[list[float]], int]:
    """The seconds that the plain floor, the floor and the search took, in turn; and how much was found."""
    from search import finding

    ends, answer = widest(query), None
    taken = [[], [], []]
    for _round in range(ROUNDS):
        for place, ask in enumerate((plain, bare)):
            begun = time.perf_counter()
            ask(*ends)
            taken[place].append(time.perf_counter() - begun)
        begun = time.perf_counter()
        answer = finding.find(query)
        taken[2].append(time.perf_counter() - begun)
    return taken, len(answer.results)


def bare(low: str, high: str) -> list:
    from search.models import Term

    found = Term.objects.filter(term__gte=low, term__lte=high).order_by("-weight").select_related("entry")
    return list(found[:20])


def plain(low: str, high: str) -> list[tuple]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(PLAIN, [low, high])
        return cursor.fetchall()


def widest(query: str) -> tuple[str, str]:
    """The range with the most terms among those that a query asks for."""
    from search import asked
    from search.models import Term

    ranges = {(one.low, one.high) for one in asked.read(query).ranges}
    return max(ranges, key=lambda ends: Term.objects.filter(term__gte=ends[0], term__lte=ends[1]).count())


def report(rows: list[list[str]]) -> str:
    load = os.getloadavg()[0]
    lines = [f"{ENTRIES:,} entries, medians of {ROUNDS}; load of the machine at the end {load:.1f}.", ""]
    lines.append(
        "| database | query | plain SQL, ms | bare query, ms | search, ms (≤ 50) | times (≤ 5) | p99, ms | found |"
    )
    lines += ["|---|---|---:|---:|---:|---:|---:|---:|"]
    for name, query, plainly, floor, ours, slow, found in rows:
        ratio = float(ours) / float(floor)
        over = " **over**" if ratio > LIMIT or float(ours) > SECONDS * 1000 else ""
        milliseconds = " | ".join(f"{float(one):.2f}" for one in (plainly, floor, ours))
        lines.append(f"| {name} | {query} | {milliseconds} | {ratio:.1f}{over} | {float(slow):.1f} | {found} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(measure(sys.argv[1]) if len(sys.argv) > 1 else main())
