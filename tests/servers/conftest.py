"""The line that each test of servers prints."""

from tests.outages.conftest import tell

__all__ = ["tell"]
