"""Recognises the labels of rows and columns that are not of the data: totals, regions of provinces, ranks, shares."""

import re

from trade.importing import cell_values
from trade.importing.layouts import side_by_side
from trade.importing.texts import heading_text, heading_words

TOTAL = re.compile(
    r"(?:全国|全國|전국|중국)?(?:合计|合計|总计|總計|总和|總和|总数|總數|합계|총계|총합계?|전체|총액|계|합)(?:[(:].*)?|전국|전체|전\s?성|全部|各省[市区区、]*(?:合计|总计)"
)
SUBTOTAL = re.compile(r"(?:小|分)[计計].*|소계.*|중계|.+(?:小[计計]|合[计計]|소계|합계)")
# Parts of China above the provinces, as statistical tables name them; none of these is a province.
REGION = re.compile(
    r"(?:[东東西中南北]部|[东東]北|[华華][北东東中南]|西[南北]|中南|沿海|内陆|內陸|沿[边邊]|[东東]部沿海|长三角|珠三角|京津冀"
    r"|长江经济带|环渤海(?:湾)?)(?:[三四]省|经济区|[地大]?[区區]|地[区區]|六省|各省)*"
    r"|(?:화[북동중남]|동북|서[남북]|중남|동부|서부|중부|연해)(?:3성|삼성|지역|지구|연해)*"
    r"|(?:the )?(?:(?:north|south)[- ]?(?:east|west)?(?:ern)?|east(?:ern)?|west(?:ern)?|central|coastal|inland|border)"
    r"(?:[- ](?:and|&)? ?(?:south|north|east|west|central))*"
    r"(?: (?:china|region|regions|provinces|area|areas|coast|part))*"
    r"|bohai rim|yangtze river delta|pearl river delta"
)
SHARE = re.compile(
    r".*(?:份[额額]|占[比总總全]|比重|百分比|[构構]成|점유율|구성비|비중|share|per ?cent|percentage|%|％).*"
)
PERCENT = re.compile(r"[+-]?\d+(?:[.,]\d+)? ?%")
BLANK_CELLS = {"", "-", "–", "—", "..", "…", "n/a"}


def is_total(label) -> bool:
    """Tell the label of a total, with spaces inside or without: "Total", "合 计", "전 국"."""
    words = heading_text.plain(heading_text.closed_up(label)).strip("' :*")  # an apostrophe made it a text in Excel
    return heading_words.is_total(label) or heading_words.is_total(words) or bool(TOTAL.fullmatch(words))


def is_subtotal(label) -> bool:
    words = heading_text.plain(heading_text.closed_up(label)).rstrip(" :*")
    return not is_total(label) and (heading_words.is_subtotal(words) or bool(SUBTOTAL.fullmatch(words)))


def is_region(label) -> bool:
    """Tell the name of a part of China that holds several provinces: "华东", "Northeast", "东北三省"."""
    return bool(REGION.fullmatch(heading_text.plain(heading_text.closed_up(label)).rstrip(" :*")))


def is_share(header) -> bool:
    """Tell the header of a column of shares."""
    return bool(SHARE.fullmatch(heading_text.plain(heading_text.closed_up(header))))


def are_shares(cells) -> bool:
    """Tell a column in which nothing but shares stands: "37%", "1.5 %"."""
    texts = [cell_values.text(cell) for cell in cells]
    texts = [text for text in texts if text not in BLANK_CELLS]
    return bool(texts) and all(map(PERCENT.fullmatch, texts))


def are_ranks(cells) -> bool:
    """Tell a column of the numbers 1, 2, 3 … in which no other thing stands: a running number without a header."""
    texts = [cell_values.text(cell) for cell in cells]
    numbers = [int(text) for text in texts if text.isdecimal() and len(text) < 4]
    others = [
        text for text in texts if text and not text.isdecimal() and not is_total(text) and text not in BLANK_CELLS
    ]
    return len(numbers) > 1 and not others and sorted(numbers) == list(range(1, len(numbers) + 1))


def stands_aside(header) -> bool:
    """Tell a header over numbers that are known to be none of a period: a rank, a share, a quantity, a balance."""
    return (
        heading_words.is_rank(header)
        or is_share(header)
        or side_by_side.kind(header) == side_by_side.ASIDE
        or bool(heading_words.ASIDES.fullmatch(heading_text.plain(header)))
    )
