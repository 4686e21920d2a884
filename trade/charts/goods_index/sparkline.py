"""Draws the years of a row as a small line beside its number: each row to its own scale, a missing year a gap."""

from collections.abc import Iterator, Sequence

STEP, HEIGHT = 4, 20  # units between two years, and from nought to the largest


def path(values: Sequence[int | None]) -> str:
    """Write the line through values, one a year: [0, 10, None, 5] -> "M0 20L4 0M12 10h0"."""
    top = max((value for value in values if value is not None), default=0) or 1
    written = []
    for run in _runs(values):
        points = [f"{STEP * place} {round(HEIGHT - HEIGHT * max(value, 0) / top)}" for place, value in run]
        written.append(f"M{'L'.join(points)}" + ("h0" if len(points) == 1 else ""))  # a year alone is a dot
    return "".join(written)


def width(count: int) -> int:
    """How wide the line of that many years is, in its units."""
    return STEP * max(count - 1, 1)


def _runs(values) -> Iterator[list]:
    """The years that follow one another: (place, value) pairs, without those that are missing."""
    run = []
    for place, value in enumerate(values):
        if value is not None:
            run.append((place, value))
        elif run:
            yield run
            run = []
    if run:
        yield run
