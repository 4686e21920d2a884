"""Files are read here as trade reads them: that is how spreadsheets are used."""

from tests.trade.importing.conftest import read  # noqa: F401  (a fixture)
