"""What people call goods and places in English, Chinese and Korean, from the files in data/.

For search alone: files that are imported are read by the spellings of trade.reference, where a city is no province.
"""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

from django.conf import settings

DATA = Path(settings.BASE_DIR) / "data"
EVERYDAY = ("goods_names.csv", "city_names.csv")
OFFICIAL = {"hs_sections_ko_zh.csv": "section", "hs_chapters_ko_zh.csv": "hs2"}  # and the column of their codes
LANGUAGES = ("en", "zh", "ko")


@cache
def everyday() -> dict[str, list[str]]:
    """Names by code: {"2701": ["coal", "anthracite", …, "煤", …, "석탄", …], "CN-LN": ["Dandong", …], …}."""
    found = defaultdict(list)
    for name in EVERYDAY:
        for row in _rows(name):
            found[row["code"]] += [part.strip() for language in LANGUAGES for part in row[language].split(";")]
    return {code: list(dict.fromkeys(filter(None, names))) for code, names in found.items()}


@cache
def official() -> dict[str, list[str]]:
    """Titles of sections and chapters in Korean and Chinese: {"27": ["광물성 …", "矿物燃料…"], …}; not for print."""
    return {
        row[column]: [title for title in (row["title_ko"], row["title_zh"]) if title]
        for name, column in OFFICIAL.items()
        for row in _rows(name)
    }


def _rows(name):
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
