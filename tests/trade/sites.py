"""The published sites that tests of pages look at: a few values, in one release or more of a dataset.

A module of tests names the one that it needs, `publish = sites.usual`; the fixture `site` (conftest.py) makes it once
for all tests of the module.
"""

from tests.trade import cubes
from trade import frames
from trade.demonstration import DATASETS
from trade.models import Chapter, Commodity, Dataset, Province, Release, Section
from trade.publishing import diff, releases
from trade.publishing.removing import withdrawal

# Its public pages; of those, the charts.
PAGES = ["/", "/totals/", "/provinces/", "/provinces/cn-ln/", "/commodities/", "/commodities/v/", "/commodities/27/",
         "/commodities/2701/", "/commodities/other/", "/data/", "/data/china-provinces/", "/data/china-provinces/1/",
         "/data/china-provinces/2/", "/data/china-totals/", "/data/china-totals/1/"]  # fmt: skip
CHARTS = PAGES[1:9]


def reported(key, year, value, flow="to_dprk", **more):
    return {"key": key, "flow": flow, "year": year, "value_usd": value} | more


PLACES = [
    reported("CN-LN", 2023, 1_500_000),
    reported("CN-LN", 2024, 1_000_000, note="a note"),
    reported("CN-JL", 2024, 500_000, status="P"),
    reported("CN-HL", 2024, None, status="L"),
    reported("CN-HL", 2024, 250_000, component="estimate", status="E"),
    reported("CN-LN", 2024, 300_000, "from_dprk"),
]
GOODS = [
    reported("2701", 2024, 700_000, "from_dprk", quantity=12.0, quantity_unit="t"),
    reported("2709", 2024, 200_000, "from_dprk"),
    reported("6109", 2024, 95_000, "from_dprk"),
    reported("9901", 2024, 5_000, "from_dprk"),
]
TOTALS = [
    reported("china-totals", 2023, 3_000_000, "total", publisher="KITA", source="a page", precision_usd=10_000),
    reported("china-totals", 2024, 1_800_000, publisher="GACC", source="a page", precision_usd=10_000),
    reported("china-totals", 2024, 1_300_000, "from_dprk", publisher="GACC", source="a page", precision_usd=10_000),
]


def release(slug, rows, note="The first figures."):
    """Publish rows as the next release of a dataset, through the code that publishes an upload."""
    dataset = Dataset.objects.get(slug=slug)
    head = dataset.observations.standing().frame()
    table = frames.typed(
        cubes.frame(rows).drop(columns="id").assign(file="f.csv", sheet="", row=1, column="reported_usd")
    )
    changes, _unchanged = diff.compare(head, table, speaks={"estimate", "status", *frames.SPOKEN.values()})
    return releases.release(dataset, dataset.latest_release(), changes, note=note, kind="scheduled")


def name_things():
    """Places and goods, and the datasets, without any release."""
    for place, label in enumerate(cubes.province_labels()):
        Province.objects.create(
            code=label["code"], gb_code=f"{place:06d}", gacc_code=f"{place:02d}", name_en=label["name"],
            name_zh=label["name_zh"], name_ko=label["code"], kind="province",
        )  # fmt: skip
    sections = (("V", "Mineral products"), ("XI", "Textiles"), ("unspecified", "None"))
    for position, (number, title) in enumerate(sections):
        Section.objects.create(number=number, position=position, title=title, short_title=title)
    for code, section in (("27", "V"), ("61", "XI"), ("99", "unspecified")):
        Chapter.objects.create(code=code, section_id=section, title=f"Chapter {code}", short_title=f"Chapter {code}")
    Commodity.objects.create(code="2701", chapter_id="27", title="Coal; briquettes", short_title="Coal")
    for facts in DATASETS:
        Dataset.objects.create(**facts)


def usual():
    """Publish two releases of the provinces, one of the goods, one of totals, none of the world."""
    name_things()
    release("china-provinces", PLACES)
    release("china-provinces", [reported("CN-LN", 2023, 1_600_000)], note="Liaoning corrected.")
    release("china-commodities", GOODS)
    release("china-totals", TOTALS)


def with_a_withdrawal():
    """Publish three releases of the provinces and of the goods, the second withdrawn; each has other numbers."""
    name_things()
    for number in range(3):
        release("china-provinces", [*PLACES, reported("CN-LN", 2022, 1_500_000 + number)], note="More.")
        release("china-commodities", [*GOODS[1:], reported("2701", 2023, 7 + number, "from_dprk")], note="More.")
    for dataset in ("china-provinces", "china-commodities"):
        withdrawal.withdraw(Release.objects.get(dataset=dataset, number=2), "A province was counted twice")
