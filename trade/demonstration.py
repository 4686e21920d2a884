"""The datasets that the site begins with: what each is, and which files make its first releases.

A release is a scheduled one where its `kind` is not given.
"""

DATASETS = [
    {
        "slug": "china-provinces",
        "kind": "province",
        "title": "China–DPRK trade by Chinese province",
        "description": (
            "Trade of China with the DPRK by the province of the Chinese trader, both flows, by year since 1998 and by "
            "month since 2023. In this demonstration the yearly totals follow rounded published totals; the split by "
            "province is invented."
        ),
        "partner": "China",
        "reporter": "China",
        "source": "Demonstration data, invented, in the form of the General Administration of Customs of China",
        "source_url": "",
        "licence": "No rights reserved: invented for demonstration",
        "licence_url": "",
        "basis_to_dprk": "FOB",
        "basis_from_dprk": "CIF",
        "estimate_method": (
            "Crude oil that China has not reported since 2014, added to the exports of Heilongjiang: 525,000 tonnes a "
            "year × 7.33 barrels a tonne × the year’s average price of Brent crude oil."
        ),
        "is_demonstration": True,
        "position": 1,
    },
    {
        "slug": "china-commodities",
        "kind": "commodity",
        "title": "China–DPRK trade by HS heading",
        "description": (
            "Trade of China with the DPRK by 4-digit heading of the Harmonized System, both flows, by year since 1998. "
            "In this demonstration the yearly totals equal those by province; every split is invented."
        ),
        "partner": "China",
        "reporter": "China",
        "source": "Demonstration data, invented, in the form of Chinese customs returns",
        "source_url": "",
        "licence": "No rights reserved: invented for demonstration",
        "licence_url": "",
        "basis_to_dprk": "FOB",
        "basis_from_dprk": "CIF",
        "estimate_method": (
            "Crude oil (heading 2709) that China has not reported since 2014: 525,000 tonnes a year × 7.33 barrels a "
            "tonne × the year’s average price of Brent crude oil."
        ),
        "is_demonstration": True,
        "position": 2,
    },
    {
        "slug": "world-commodities",
        "kind": "commodity",
        "title": "World–DPRK trade by HS chapter",
        "description": (
            "Trade of the DPRK with all partners by 2-digit chapter of the Harmonized System, 2017 to 2022, as CEPII "
            "reconciled it from the returns of the partners (BACI). It holds known misreports, goods of other "
            "countries booked under the DPRK’s name: ores (chapter 26) in 2019, and Papua New Guinea as the leading "
            "destination of 2020."
        ),
        "partner": "the world",
        "reporter": "All partners, reconciled by CEPII",
        "source": "CEPII, BACI HS17, version 202601, summed to chapters",
        "source_url": "",
        "licence": "Etalab Open Licence 2.0",
        "licence_url": "",
        "hs_edition": "2017",
        "basis_to_dprk": "FOB",
        "basis_from_dprk": "FOB",
        "estimate_method": "",
        "is_demonstration": False,
        "position": 3,
    },
    {
        "slug": "china-totals",
        "kind": "total",
        "title": "China–DPRK trade, yearly totals",
        "description": (
            "All trade between China and the DPRK by year since 1993, as China’s customs counted it and as KITA, "
            "KOTRA, China’s ministry of commerce and the press published it. Each figure names its publisher and "
            "where it was printed. For some years only the sum of both directions was published; a few figures are "
            "worked out from others. Since January 2014 China’s returns hold no crude oil."
        ),
        "partner": "China",
        "reporter": "China",
        "source": (
            "General Administration of Customs of China, as published by KITA, KOTRA, MOFCOM, UN Comtrade and the press"
        ),
        "source_url": "",
        "licence": "Single published facts; no licence is stated",
        "licence_url": "",
        "basis_to_dprk": "FOB",
        "basis_from_dprk": "CIF",
        "estimate_method": (
            "A figure that was not printed is worked out from figures that were: a sum and one direction, a sum and a "
            "balance, or growth rates. Its note says how."
        ),
        "estimate_kind": "worked_out",
        "is_demonstration": False,
        "position": 0,
    },
]

RELEASES = [
    {
        "dataset": "china-totals",
        "files": ["china_dprk_totals.csv"],
        "note": "First release: yearly totals from 1993 to 2025, each with its publisher.",
    },
    {
        "dataset": "world-commodities",
        "files": ["baci_dprk_world_by_chapter_2017_2022.csv"],
        "note": "First release: DPRK trade with the world by HS chapter, 2017 to 2022, from BACI HS17 V202601.",
    },
    {
        "dataset": "world-commodities",
        "files": ["baci_low_reliability.csv"],
        "note": (
            "Marks as of low reliability what is known to be misreported: ores (chapter 26) from the DPRK in 2019, and "
            "all goods from the DPRK in 2020. No value changes."
        ),
    },
    {
        "dataset": "china-provinces",
        "files": ["china_dprk_trade_by_province_demo.csv"],
        "note": "First release: the years 1998 to 2024 by province. Demonstration data, invented.",
    },
    {
        "dataset": "china-provinces",
        "files": ["china_dprk_trade_by_province_2025_months_demo.csv"],
        "note": "Adds January to September 2025 by month, provisional. Demonstration data, invented.",
    },
    {
        "dataset": "china-provinces",
        "files": ["china_dprk_trade_by_province_2023_2024_months_demo.csv"],
        "answers": {"period": "replace"},  # its months stand for the years
        "note": (
            "Gives 2023 and 2024 by month. The months of each year add up to the value that stood for it before. "
            "Demonstration data, invented."
        ),
    },
    {
        "dataset": "china-provinces",
        "files": ["kotra_crude_estimates.csv"],
        "note": (
            "Adds KOTRA’s own estimates of unreported crude oil, which are real, beside those that are added to "
            "Heilongjiang’s exports. They are not added to anything; no other value changes."
        ),
    },
    {
        "dataset": "china-commodities",
        "files": ["china_dprk_trade_by_heading_demo.csv"],
        "note": "First release: the years 1998 to 2024 by HS heading. Demonstration data, invented.",
    },
    {
        "dataset": "china-commodities",
        "files": ["china_dprk_trade_by_heading_correction_demo.csv"],
        "kind": "correction",
        "note": (
            "Correction of invented figures that contradicted what the questions say. China’s imports of coal in 2015 "
            "now rise by 26.9% in quantity and fall by 7.6% in value, as they did in China’s returns. In 2008–2010, "
            "2012 and 2014–2016 value moves from textiles to coal, or from iron ore to seafood, so that the order of "
            "the main goods is coal, textiles, seafood, iron ore. China’s exports of crude oil before 2014 no longer "
            "exceed all exports of Heilongjiang, from where the oil comes. Each year’s total now equals the one by "
            "province to the dollar. Demonstration data, invented."
        ),
    },
]

# The first notes on the charts of a dataset, for the editors to take over.
ANNOTATIONS = {
    "world-commodities": [
        {
            "code": "26",
            "year": 2019,
            "text": (
                "Ores from the DPRK in 2019 are misreported in BACI: another country’s ores are booked under the "
                "DPRK’s name."
            ),
        },
        {
            "year": 2020,
            "text": (
                "BACI’s figures for goods from the DPRK in 2020 are of low reliability: they name Papua New Guinea as "
                "the leading destination, which is not plausible. Which goods it concerns is not known."
            ),
        },
    ]
}
