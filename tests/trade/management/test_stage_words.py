"""What `manage.py stage` prints of a fault: what was found, also where nothing can be said to have been expected."""

import pytest

from trade.management.commands.stage import in_words
from trade.models import Upload


@pytest.mark.parametrize(
    ("found", "expected", "line"),
    [
        ("abc", "a whole number", "a.csv: Found 'abc', expected a whole number. Mend it."),
        ("Ji", "a name; did you mean Jilin?", "a.csv: Found 'Ji', expected a name; did you mean Jilin? Mend it."),
        ("bytes", "", "a.csv: Found 'bytes'. Mend it."),
        ("", "", "a.csv: Mend it."),
    ],
)  # fmt: skip
def test_a_fault_says_what_was_found_and_what_was_expected(found, expected, line):
    fault = {"file": "a.csv", "sheet": "", "cell": "", "found": found, "expected": expected, "message": "Mend it."}
    assert f"  fault: {line}" in in_words(Upload(pk=1, faults=[fault]))
