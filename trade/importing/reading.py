"""The result of reading the files of an upload, and the terms under which they are read.

A reader turns bytes into the tables of arrow_table and nothing more: which names exist and what may change is for
trade.importing.checks and trade.publishing.diff. Readers run in a child process (spreadsheets.sandbox) without Django.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spreadsheets.sheet import Terms
from trade.importing.texts import heading_words, money_units
from trade.reference.spelling import KnownNames, normalise

if TYPE_CHECKING:  # the child process does without pandas, which is slow to start
    import pandas as pd

# What number formats call a scale.
SHORT_SCALES = {
    ",000": "thousand",
    "000": "thousand",
    ",000,000": "million",
    "k": "thousand",
    "m": "million",
    "mn": "million",
    "mio": "million",
    "bn": "billion",
    "b": "billion",
}


@dataclass
class Reading:
    """All that the files of one upload hold.

    `tables` maps a layout, "long" or "wide", to a table; both are there only for our own workbook. It is an Arrow
    table in the child process, a frame of trade.frames.READ_COLUMNS once it is received.
    `speaks` names which of {"estimate", "second_estimate", "status", "note", "quantity", …} the long table has columns
    for: where it does not speak, what is stored stays.
    """

    form: str = ""  # the source, as it is stored with the upload: "Our workbook", "Tidy CSV", "GACC online query" …
    tables: dict = field(default_factory=dict)
    speaks: set = field(default_factory=set)
    totals: pd.DataFrame | None = None
    signature: dict | None = None  # {"dataset": "china-provinces", "release": 2} on our own workbook
    faults: list = field(default_factory=list)
    questions: list = field(default_factory=list)
    doubts: list = field(default_factory=list)  # [name, sentence]: read in the likely way, and to be ticked
    asked: set = field(default_factory=set)  # the keys of the questions that the files raised, answered ones included
    description: list = field(default_factory=list)  # what the tables are about: trade.importing.describe
    unsaid: list = field(default_factory=list)  # of trade.importing.contradictions, until they become a doubt
    unread_texts: list = field(default_factory=list)  # of trade.importing.unread_texts, until they become doubts
    places: list = field(default_factory=list)  # of spreadsheets.order_of_faults: the sheets in their order
    remarks: list = field(default_factory=list)  # sentences worth knowing: "12 rows of other partners were ignored."


@dataclass
class TradeTerms(Terms):
    """The terms of files of trade: also the kind and partner of the dataset, the flow if chosen, and known names."""

    kind: str = "province"
    partner: str = ""  # of the dataset, as in a sentence: "China", "the world"; "" where that is not known
    flow: str = ""
    vocabulary: dict = field(default_factory=dict)  # as trade.reference gives it: {"liaoning": "CN-LN"}

    def __post_init__(self):
        self.vocabulary = KnownNames(self.vocabulary)

    def names_flow(self) -> bool:
        """Tell whether the editor chose a direction, which names the DPRK."""
        return bool(self.flow) or any(key.partition(":")[0] == "flow" for key in self.answers)

    def knows(self, word: str) -> bool:
        """Tell whether a word is the header of a column or the name of something in the dataset."""
        return word in heading_words.ROLE_OF or normalise(word) in self.vocabulary

    def unit_shown(self, literal: str, scaled: bool) -> str:
        """Say which currency or scale a number format shows: "RMB" -> "RMB", "mn" -> "in million", "t" -> ""."""
        units = money_units.units([literal])
        if units.other or units.dollars - {1}:
            return literal
        scale = SHORT_SCALES.get(literal.casefold(), literal)
        return f"in {scale}" if not scaled and money_units.units([f"in {scale}"]).loose else ""
