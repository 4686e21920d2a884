"""The rules that goods are held against: those of today, or those that a release wrote down, for its frozen views."""

from collections.abc import Callable
from datetime import date
from functools import cache

from trade import providers
from trade.sanction_levels import Rules
from web.page_cache.by_stamp import once_a_stamp


def of(cube: dict, *, is_frozen: bool) -> Callable[[], Rules]:
    """Open the rules for a cube when they are first asked for; of a release that wrote none down, those of today."""

    @cache
    def opened():
        sanctions = providers.sanctions()
        if is_frozen and "sanctions" in cube:
            return sanctions.written_rulebook(cube["sanctions"], date.fromisoformat(cube["release"]["date"]))
        return _of_today()

    return opened


@once_a_stamp
def _of_today():
    return providers.sanctions().rulebook()
