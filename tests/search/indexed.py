"""The sites whose search the tests ask: the first words, all provinces, and goods with a page or without one."""

import csv
from pathlib import Path
from unittest import mock

from faq import seed as questions
from sanctions import seed as sanctions
from search import index
from tests.trade.sites import release, reported
from trade.demonstration import DATASETS
from trade.models import Commodity, Dataset
from trade.reference import seed as reference
from web.page_cache import stamp

DATA = Path(__file__).parents[2] / "data"


def whole():
    """Every province, section, chapter, heading and subheading; the headings of the demonstration have pages."""
    reference.load()
    sanctions.load()
    questions.load()
    for facts in DATASETS:
        Dataset.objects.create(**facts)
    with (DATA / "china_dprk_trade_by_heading_demo.csv").open(encoding="utf-8") as file:
        codes = sorted({row["code"] for row in csv.DictReader(file)})
    release("china-commodities", [reported(code, 2024, 1_000) for code in codes])
    refresh()


def small():
    """The same, of goods the chapters and some headings alone, and nothing released."""
    codes = {"2701": "Coal", "2702": "Lignite", "270112": "Bituminous coal", "2709": "Crude oil", "0101": "Live horses"}
    goods = [Commodity(code, code[:2], title, title) for code, title in codes.items()]
    with mock.patch.object(reference, "_commodities", lambda: goods):
        reference.load()
    sanctions.load()
    questions.load()
    refresh()


def refresh():
    """Bring the entries up to date, as the worker does within a second."""
    stamp.forget()
    return index.refresh()
