"""Nine tasks of readers, each done from the front page in at most four steps.

A step is a press, or a word that is typed together with the choice that it offers.
"""

import csv
import io
import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests.browser.pages import chart, figure, point_to, settled

MOST = 4
NARROW = {"width": 360, "height": 740}


class Quiet(SimpleHTTPRequestHandler):
    """Another site, which prints nothing."""

    def log_message(self, *_words):
        """Say nothing."""


class Reader:
    """A reader who begins on the front page and counts the steps."""

    def __init__(self, page):
        self.page, self.steps = page, 0
        page.goto("/")

    def press(self, found, *, at_the_mouse=False):
        """Press a link or button, one step."""
        self.steps += 1
        assert self.steps <= MOST, f"Step {self.steps} of {MOST}"
        found.page.mouse.down() or found.page.mouse.up() if at_the_mouse else found.click()
        settled(self.page)

    def link(self, name, **how):
        self.press(self.page.get_by_role("link", name=name, **{"exact": True} | how).first)

    def search(self, words, option):
        """Type words and choose what they offer, one step."""
        self.page.get_by_role("combobox", name="Search").press_sequentially(words)
        self.press(self.page.get_by_role("option").filter(has_text=option).first)

    def choose(self, summary, name):
        """Choose one of a list, one step."""
        summary.click()
        self.press(summary.locator("xpath=..").get_by_role("link", name=name, exact=True))

    def saved(self, found):
        with self.page.expect_download() as download:
            self.press(found)
        return download.value.path().read_bytes()

    def sentence(self):
        return " ".join(self.page.locator('[data-part="sentence"]').inner_text().split())


@pytest.fixture
def reader(page):
    return Reader(page)


def test_what_liaoning_bought_in_2016_and_whether_it_is_an_estimate(reader):
    reader.search("Liaoning 2016", "Liaoning, 2016")
    reader.page.wait_for_url("**/provinces/cn-ln/?year=2016")
    assert re.search(r"of China’s imports from the DPRK in 2016 \(CIF[^)]*\)", reader.sentence())
    assert "estimate" not in reader.sentence().split("imports from the DPRK")[1]


def test_guangdong_and_liaoning_since_2010_as_a_picture_and_as_numbers(reader):
    reader.search("Guangdong and Liaoning since 2010", "Compare Guangdong and Liaoning since 2010")
    chart(reader.page)
    reader.press(reader.page.get_by_role("link", name="Download or embed").first)
    dialog = reader.page.get_by_role("dialog")
    assert reader.saved(dialog.get_by_role("link", name="PNG, 1200 px")).startswith(b"\x89PNG")
    rows = list(csv.DictReader(io.StringIO(reader.saved(dialog.get_by_role("link", name="CSV")).decode("utf-8-sig"))))
    assert {row["period"] for row in rows} == {str(year) for year in range(2010, 2026)}
    assert {row["member"] for row in rows} == {"cn-gd", "cn-ln", "all"}


def test_when_coal_was_banned_and_what_followed(reader):
    reader.search("coal", "2701")
    assert "has banned these imports since 5 August 2017" in reader.sentence()
    assert "There is no figure after 2017" in reader.sentence()


def test_what_share_of_a_year_is_banned_today_and_on_what_basis(reader):
    reader.link("Goods")
    reader.choose(reader.page.get_by_text("Chart type: Columns"), "By sanctions")
    reader.choose(reader.page.locator(".more > summary"), "As of today")
    reader.choose(reader.page.locator(".timeline > .years summary"), "2016")
    expect(reader.page.locator("h1")).to_contain_text(re.compile(r"%.* 2016 would be banned today"))
    assert "under the sanctions of" in reader.sentence() and "not restricted" in reader.sentence()
    notes = reader.page.locator('[data-figure="by-sanctions"] .notes')
    expect(notes).to_contain_text("Goods are grouped by the UN measures on their HS codes.")


def test_two_versions_are_compared_and_one_is_cited(reader):
    reader.link("Data")
    reader.link("China–DPRK trade by HS heading")
    reader.link("Release 2")
    expect(reader.page.get_by_role("region", name="Table of changes").get_by_role("row")).not_to_have_count(0)
    assert re.search(r"release 2, \d+ \w+ \d{4}", reader.page.locator(".cite").first.inner_text())


def test_a_frozen_frame_for_an_article_read_on_a_phone(new_page, tmp_path):
    reader = Reader(new_page(viewport=NARROW))
    reader.link("Provinces")
    chart(reader.page)
    reader.press(reader.page.get_by_role("link", name="Download or embed").first)
    code = reader.page.get_by_role("dialog").get_by_label("Code for this release").input_value()
    assert "release=" in code and "border:0" in code.replace(" ", "")
    article = f'<!doctype html><meta name="viewport" content="width=device-width">{code}'
    (tmp_path / "article.html").write_text(article)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path)) as elsewhere:
        threading.Thread(target=elsewhere.serve_forever, daemon=True).start()
        reader.page.goto(f"http://127.0.0.1:{elsewhere.server_port}/article.html")
        expect(reader.page.frame_locator("iframe").locator("figure")).to_be_visible()
        elsewhere.shutdown()
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


@pytest.mark.parametrize("example", ["python", "r", "power-query"])
def test_the_data_in_python_r_and_excel(reader, example):
    reader.link("Data")
    reader.link("China–DPRK trade by Chinese province")
    reader.link("How to use this dataset")
    assert "china-provinces" in reader.page.locator(f'[data-example="{example}"]').inner_text()


def test_what_is_in_other(reader):
    reader.link("Goods")
    pie = chart(reader.page)
    point_to(reader.page, pie, 0, len(figure(reader.page)["categories"]) - 1)
    reader.press(pie.locator("canvas"), at_the_mouse=True)
    reader.page.wait_for_url("**/commodities/other/**")
    expect(reader.page.locator("h1")).to_contain_text("other or unspecified goods")


def test_the_answer_stands_beside_the_chart(reader):
    reader.link("Provinces")
    answer = reader.page.locator('[data-follows="answer"] details[open]')
    expect(answer.locator("summary")).to_contain_text("Where do the figures by province come from?")
    expect(answer).to_contain_text("General Administration of Customs")
