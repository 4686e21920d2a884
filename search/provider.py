"""What `trade` may ask of the search: settings.PROVIDERS names this module, so that `trade` need not import it."""

from contextlib import AbstractContextManager

from search import finding, freshness, index


def find(query: str, limit: int) -> finding.Answer:
    """The best entries for a query."""
    return finding.find(query, limit)


def refresh() -> dict[str, int] | None:
    """Bring the entries up to date; None where nothing moved."""
    return index.refresh()


def kept_fresh() -> AbstractContextManager:
    """Keep the entries up to date until the block ends, beside what a worker does."""
    return freshness.kept()
