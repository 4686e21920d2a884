"""Pictures of a view: PNG to take away, and the card that other sites show beside a link."""

import io
import itertools
import struct

import pytest

from tests.samples import slow_after
from tests.trade import cubes, sites
from trade.charts import svg
from trade.models import CommodityObservation, ProvinceObservation, Release
from trade.pages import pictures

publish = sites.with_a_withdrawal

READERS = itertools.count(1)

VIEWS = ["provinces", "provinces/cn-ln", "commodities", "commodities/v", "commodities/27", "commodities/other"]


@pytest.fixture(autouse=True)
def from_somewhere_else(client):
    """Each test asks from an address of its own, so that none has the pictures of another counted against it."""
    client.defaults["REMOTE_ADDR"] = f"10.0.0.{next(READERS)}"


def size(png):
    """Width and height of a PNG, as its header has them."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n" and png[-8:-4] == b"IEND"
    return struct.unpack(">II", png[16:24])


@pytest.mark.parametrize("view", slow_after(0, VIEWS))
def test_the_picture_of_a_view_is_of_bounded_size_and_sets_no_cookie(view, site, client):
    for query in ("", "?release=1&estimates=off", "?view=lines&unit=share"):
        response = client.get(f"/{view}.png{query}")
        assert (response.status_code, response["Content-Type"]) == (200, "image/png")
        width, height = size(response.content)
        assert width <= 1200 and height <= 2400 and len(response.content) < 600_000
        assert not response.cookies and response["Content-Disposition"].endswith('.png"')


@pytest.mark.slow
@pytest.mark.parametrize("view", [*VIEWS, "home"])
def test_a_card_is_1200_by_630(view, site, client):
    response = client.get(f"/cards/{view}.png")
    assert (response.status_code, response["Content-Type"], size(response.content)) == (200, "image/png", (1200, 630))


@pytest.mark.slow
def test_every_page_names_its_own_card_and_so_does_a_frozen_one(site, client):
    for address in ["/", "/provinces/?release=1&estimates=off", "/commodities/v/"]:
        url = client.get(address).context["payload"]["card_url"]
        assert client.get(url).status_code == 200
        assert ("release=1" in url) == ("release=1" in address)


@pytest.mark.slow
def test_another_view_and_another_release_is_another_picture(site, client):
    drawn = [client.get(f"/provinces.png{query}").content for query in ("", "?release=1", "?flow=from_dprk")]
    assert len(set(drawn)) == 3
    assert client.get("/provinces.png").content == drawn[0]


@pytest.mark.slow
def test_a_picture_is_drawn_once_and_then_kept(site, client, monkeypatch, settings):
    settings.KEEP_PAGES = True
    first = client.get("/provinces.png?estimates=off").content
    monkeypatch.setattr(pictures, "picture", lambda payload: pytest.fail("it was drawn again"))
    assert client.get("/provinces.png?estimates=off").content == first


@pytest.mark.slow
def test_who_asks_for_too_many_pictures_is_told_to_wait_and_others_are_not(site, client, monkeypatch):
    monkeypatch.setattr(pictures.Drawings, "most", 2)
    answers = [client.get(f"/provinces.png?year=2023&x={n}").status_code for n in range(3)]
    assert answers == [200, 200, 429]
    refused = client.get("/cards/provinces.png?year=2023&x=9")
    assert 1 <= int(refused["Retry-After"]) <= 61 and "Too many image requests" in refused.content.decode()
    assert client.get("/provinces/?year=2023").status_code == 200
    assert client.get("/provinces.png?year=2023&x=9", REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/cards/", "/cards/provinces/", "/cards/provinces/cn-xx.png", "/cards/x.png",
                                     "/provinces/cn-xx.png", "/cards/commodities/xxii.png"])  # fmt: skip
def test_an_unknown_picture_is_not_found(address, site, client):
    assert client.get(address).status_code == 404


def test_before_the_first_release_there_are_no_pictures(site, client):
    for rows in (ProvinceObservation, CommodityObservation, Release):
        rows.objects.all().delete()
    for address in ("/provinces.png", "/cards/commodities.png", "/cards/home.png", "/commodities/v.png"):
        assert client.get(address).status_code == 404


@pytest.mark.slow
def test_the_letters_of_a_picture_are_drawn():
    """Without its typefaces resvg leaves every word out, and says nothing."""
    page = cubes.page(cubes.provinces(), "provinces")
    wordless = page | {"title": " ", "sentence": " "}
    assert len(pictures.card(page)) > len(pictures.card(wordless)) + 3000


def test_a_card_says_what_is_invented_and_of_which_release():
    for of, page in ((cubes.provinces(), "provinces"), (cubes.commodities(), "commodities")):
        payload = cubes.page(of, page)
        card = svg.card(payload, payload["figures"][0])
        assert "Demonstration: invented figures" in card and "Release 2 of 21 November 2026" in card
        assert "<a " not in card
    real = cubes.page(cubes.world(), "commodities")
    assert "Demonstration" not in svg.card(real, real["figures"][0])


@pytest.mark.parametrize(
    "title", ["Short", "A finding " * 12, "An endless finding " * 60, "Unbreakable" * 40, "", "<&>\x00"]
)
def test_a_card_holds_any_title(title):
    payload = cubes.page(cubes.provinces(), "provinces") | {"title": title}
    assert size(io.BytesIO(pictures.card(payload)).getvalue()) == (1200, 630)
