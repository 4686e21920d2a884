"""Finds the known name that an unknown one is likely a slip of: near in letters, and no other place's name."""

import re
from collections import defaultdict

from rapidfuzz.distance import OSA

from trade.reference.spelling import normalise

LETTER, DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")
# Slips that are forgiven, by the length of the shorter name: of three letters one is too much to be a slip.
SHORT, LONG = 4, 8
MOST = 100  # characters of a name that are compared
# Places whose names are near that of a province and are no slips of it.
OTHER_PLACES = {"guangfeng", "guangning", "guangping", "hebi", "hefei", "hetian", "honam", "hotan", "huabei"}
OTHER_PLACES |= {"beijiang", "huainan", "huanan", "hulan", "jiangdu", "liaodong", "liaoyang", "shangrao", "xikang"}
OTHER_PLACES |= {"xinxiang", "zhangjiang", "zhanjiang", "zhenjiang"}


def nearest(name: str, known: dict[str, str]) -> str:
    """Find the code of the one known name that a name is a slip of: "Liaonig" -> "CN-LN"; "" where there is none."""
    written = normalise(name)[:MOST]
    if written in OTHER_PLACES or not LETTER.search(written):
        return ""
    slips = defaultdict(set)
    for spelling, code in known.items():
        if spelling[0] == written[0] and DIGIT.findall(spelling) == DIGIT.findall(written):
            forgiven = _forgiven(min(len(spelling), len(written)))
            if (distance := OSA.distance(written, spelling, score_cutoff=forgiven)) <= forgiven:
                slips[distance].add(code)
    codes = slips[min(slips)] if slips else set()
    return codes.pop() if len(codes) == 1 else ""


def _forgiven(length):
    return 0 if length < SHORT else 1 if length < LONG else 2
