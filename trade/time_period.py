"""Writes a time period as SDMX and ISO 8601 do: a year, or a month of it."""


def written(year: int, month: int = 0) -> str:
    """Write a period; month 0 is the whole year: (2016, 3) -> "2016-03", (2016, 0) -> "2016"."""
    return f"{year}-{month:02d}" if month else str(year)
