"""One figure of a view in all its forms: its own page, picture, files, frame and card, at an address that names it."""

import csv
import io
import itertools
import re
import struct
from html import unescape
from zipfile import ZipFile

import pytest

from tests.samples import slow_after
from tests.trade import sites
from trade.pages import pictures

pytestmark = pytest.mark.slow

publish = sites.with_a_withdrawal

READERS = itertools.count(1)
VIEWS = {
    "/provinces/": ("by-year", "ranked", "map"),
    "/provinces/?flow=both": ("by-year", "ranked", "map"),
    "/provinces/cn-ln/": ("to-dprk", "from-dprk", "ranks"),
    "/commodities/": ("pie", "ranked", "by-year"),
    "/commodities/?view=sanctions": ("by-sanctions", "pie", "ranked"),
    "/commodities/?view=lines&show=v,xi": ("pie", "ranked", "by-year"),
    "/commodities/27/": ("ranked", "by-year"),
}
FIGURES = [(view, figure) for view, figures in VIEWS.items() for figure in figures]
SIZES = {"": 1200, "&size=600": 600, "&size=2400": 2400}


@pytest.fixture(autouse=True)
def from_somewhere_else(client):
    """Each test asks from an address of its own, so that none has the pictures of another counted against it."""
    client.defaults["REMOTE_ADDR"] = f"10.1.{next(READERS) % 250}.1"


def address(view, figure, ending="/", folder=""):
    path, _mark, query = view.partition("?")
    path = folder + (path if ending == "/" else path.rstrip("/") + ending)
    return f"{path}?{query}&figure={figure}" if query else f"{path}?figure={figure}"


def words(markup):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def size(png):
    """Width and height of a PNG, as its header has them."""
    return struct.unpack(">II", png[16:24])


def whole(client, view):
    """The payload of the whole view."""
    return client.get(view).context["payload"]


@pytest.mark.parametrize(("view", "figure"), slow_after(4, FIGURES))
def test_a_figure_has_a_page_of_its_own_with_the_way_back(view, figure, site, client):
    response = client.get(address(view, figure))
    page, payload = response.content.decode(), response.context["payload"]
    assert response.status_code == 200 and [one["id"] for one in payload["figures"]] == [figure]
    assert payload["url"] == address(view, figure) and payload["notices"] == []
    assert f'<a href="{view.replace("&", "&amp;")}">Back to the whole view</a>' in page
    assert f"<h2>{payload['figures'][0]['title']}".replace("’", "") in page.replace("’", "").replace("&#x27;", "")
    assert "Invented figures" in page and payload["dataset"]["source"] in page
    assert page.count('class="chart ') + page.count('class="tiles"') == 1


@pytest.mark.parametrize(("view", "figure"), slow_after(1, FIGURES))
def test_every_form_of_a_figure_answers_with_its_kind(view, figure, site, client):
    kinds = {".svg": "image/svg+xml", ".csv": "text/csv", ".json": "application/json",
             ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip
    for ending, kind in kinds.items():
        response = client.get(address(view, figure, ending))
        assert response.status_code == 200 and response["Content-Type"].startswith(kind)
        assert figure in response.get("Content-Disposition", figure)
    for more, width in SIZES.items():
        response = client.get(address(view, figure, ".png") + more)
        assert size(response.content)[0] <= width and size(response.content)[1] <= 2 * width
        assert size(response.content)[0] == width or size(response.content)[1] == 2 * width
    assert size(client.get(address(view, figure, ".png", "/cards")).content) == (1200, 630)
    embed = client.get(address(view, figure, folder="/embed"))
    assert embed.context["figure"]["id"] == figure and embed.context["payload"]["notices"] == []


@pytest.mark.slow
@pytest.mark.parametrize(("view", "figure"), FIGURES)
def test_the_files_of_a_figure_hold_its_rows_alone(view, figure, site, client):
    """Pie and grid have no rows of their own; they bear those of the ranking, which hold what they draw."""
    table = "ranked" if figure in ("pie", "map") else figure
    rows = csv.DictReader(io.StringIO(client.get(address(view, figure, ".csv")).content.decode("utf-8-sig")))
    path, _mark, query = view.partition("?")
    of_view = client.get(f"{path.rstrip('/')}.csv" + (f"?{query}" if query else "")).content.decode("utf-8-sig")
    wanted = [row | {"chart": figure} for row in csv.DictReader(io.StringIO(of_view)) if row["chart"] == table]
    assert list(rows) == wanted and wanted
    workbook = ZipFile(io.BytesIO(client.get(address(view, figure, ".xlsx")).content))
    sheets = re.findall(r'<sheet [^>]*?name="([^"]+)"', workbook.read("xl/workbook.xml").decode())
    assert [name for name in sheets if name.startswith("view_")] == [f"view_{figure.replace('-', '_')}"]
    [drawn] = client.get(address(view, figure, ".json")).json()["figures"]
    keys = {category["key"] for category in drawn["categories"]}
    assert keys & {row["period"] if drawn["table"]["rows_are"] == "periods" else row["member"] for row in wanted}


@pytest.mark.parametrize(("view", "figure"), slow_after(1, FIGURES))
def test_the_words_of_a_picture_say_all_that_a_copy_may_not_lose(view, figure, site, client):
    for more in ("", "&size=600"):
        svg = client.get(address(view, figure, ".svg") + more).content.decode()
        payload = client.get(address(view, figure)).context["payload"]
        said, [drawn] = words(re.sub(r"<(title|desc)[^>]*>[^<]*</\1>", "", svg)), payload["figures"]
        release = payload["release"]["number"]
        for part in (payload["title"], payload["sentence"], drawn["title"], payload["dataset"]["source"],
                     f"release {release} of", "these figures are invented", "Yalu", *drawn["notes"],
                     "http://testserver" + payload["url"]):  # fmt: skip
            assert part.replace(" ", "").replace("\xa0", "") in said.replace(" ", "").replace("\xa0", "")
        assert f'aria-label="{payload["sentence"].replace("&", "&amp;")}"' in svg.replace("&apos;", "'")


@pytest.mark.parametrize(("view", "figure"), slow_after(3, FIGURES))
def test_a_picture_has_the_numbers_and_the_legend_of_its_page(view, figure, site, client):
    said = words(client.get(address(view, figure, ".svg")).content.decode())
    [drawn] = client.get(address(view, figure)).context["payload"]["figures"]
    if drawn["kind"] in ("bars", "pie", "tiles"):
        points = drawn["totals"] if drawn["kind"] == "bars" else drawn["series"][0]["points"]
        texts = [point["share"] if drawn["kind"] == "pie" else point.get("brief", point["text"]) for point in points]
        assert all(" ".join(text.split()[:2]) in said for text in texts)
        assert all(category.get("short", category["label"].split()[0]) in said for category in drawn["categories"])
    elif len(drawn["series"]) > 1:
        assert all(one["legend"] in said for one in drawn["series"])


@pytest.mark.slow
def test_a_picture_made_for_600_pixels_has_no_letters_below_eleven(site, client):
    for view, figure in FIGURES[::4]:
        svg = client.get(address(view, figure, ".svg") + "&size=600").content.decode()
        assert svg.startswith("<svg ") and 'width="600"' in svg[:300]
        assert all(float(letters) >= 10 for letters in re.findall(r'font-size="([\d.]+)"', svg))


@pytest.mark.slow
def test_a_picture_can_have_no_ground(site, client):
    plain, clear = (client.get(f"/provinces.svg{query}").content.decode() for query in ("", "?background=none"))
    assert 'height="100%" fill="#fdfcfa"' in plain and 'height="100%" fill="#fdfcfa"' not in clear
    assert client.get("/provinces.png?background=none").content != client.get("/provinces.png").content


@pytest.mark.parametrize(
    "query", slow_after(1, ["size=0", "size=99999999", "size=6e2", "size=%00", "background=red", "size=600px"])
)
def test_a_size_or_ground_that_cannot_be_drawn_gives_the_usual_picture(query, site, client):
    assert size(client.get(f"/provinces.png?{query}").content)[0] == 1200
    assert client.get(f"/provinces.svg?{query}").content == client.get("/provinces.svg").content


@pytest.mark.parametrize("found", slow_after(1, ["pie3", "x" * 500, "\x00", "<b>", "by-year,map"]))
def test_a_figure_that_is_none_gives_the_first_with_a_reason(found, site, client):
    response = client.get("/provinces/", {"figure": found})
    payload = response.context["payload"]
    assert response.status_code == 200 and [one["id"] for one in payload["figures"]] == ["by-year"]
    [notice] = payload["notices"]
    assert "is not a figure in this view. Choose by-year or ranked or map; by-year is shown." in notice
    for ending in (".svg", ".png", ".csv", ".xlsx", ".json"):
        assert client.get(f"/provinces{ending}", {"figure": found}).status_code == 200


@pytest.mark.slow
def test_the_front_page_has_its_figure_too(site, client):
    for path in ("/", "/home.svg", "/home.png", "/home.csv", "/home.json", "/cards/home.png", "/embed/home/"):
        assert client.get(path, {"figure": "by-year"}).status_code == 200
    page = client.get("/", {"figure": "by-year"}).content.decode()
    assert "/embed/home/?figure=by-year" in page and "home.png?figure=by-year&amp;size=600" in page
    assert client.get("/home.xlsx", {"figure": "by-year"}).status_code == 404


@pytest.mark.slow
def test_a_figure_is_shared_cited_and_frozen_under_its_own_address(site, client):
    share = client.get("/provinces/?year=2023&figure=ranked").context["payload"]["share"]
    assert share["live_url"] == "/provinces/?year=2023&figure=ranked"
    assert share["frozen_url"] == "/provinces/?release=3&year=2023&figure=ranked"
    assert share["embed_frozen_url"] == "/embed" + share["frozen_url"]
    assert (
        "by province, 2023”, from China" in share["citation"]
        and "http://testserver" + share["frozen_url"] in share["citation"]
    )
    assert share["bibtex"].startswith("@online{provinces-release-3-year-2023-ranked,")
    for url in (share["frozen_url"], share["embed_frozen_url"], share["png_url"], share["xlsx_url"]):
        assert client.get(url).status_code == 200
    page = client.get(share["frozen_url"]).content.decode()
    assert "release=3" in re.search(r'property="og:image" content="([^"]+)"', page)[1]


@pytest.mark.slow
def test_the_other_direction_of_a_province_is_told_by_its_own_finding(site, client):
    exports, imports = (
        client.get(f"/provinces/cn-ln/?figure={flow}-dprk").context["payload"] for flow in ("to", "from")
    )
    assert "exports to the DPRK" in exports["title"] and "imports from the DPRK" in imports["title"]
    assert "imports" not in exports["sentence"] and "exports" not in imports["sentence"]


def test_a_card_is_told_by_the_sentence_of_its_view_and_so_is_a_drawing_by_itself(site, client):
    response = client.get("/provinces/?figure=ranked")
    page, sentence = response.content.decode(), response.context["payload"]["sentence"]
    assert f'<meta property="og:image:alt" content="{sentence}"' in unescape(page)
    for of in (page, client.get("/embed/provinces/?figure=ranked").content.decode()):
        assert (
            f'<title id="ranked-title">{sentence}</title>' in of and 'role="img" aria-labelledby="ranked-title"' in of
        )


@pytest.mark.slow
def test_the_pictures_of_figures_are_counted_together(site, client, monkeypatch):
    monkeypatch.setattr(pictures.Drawings, "most", 2)
    asked = ["/provinces.png?figure=map", "/provinces.png?size=600", "/cards/provinces.png?figure=ranked"]
    assert [client.get(url).status_code for url in asked] == [200, 200, 429]


@pytest.mark.slow
def test_a_large_picture_counts_as_several(site, client, monkeypatch):
    monkeypatch.setattr(pictures.Drawings, "most", 4)
    asked = ["/provinces.png?size=2400", "/provinces.png?size=600"]
    assert [client.get(url).status_code for url in asked] == [200, 429]


@pytest.mark.slow
def test_a_figure_is_kept_under_one_address_and_what_explains_itself_under_none(site, client, monkeypatch, settings):
    settings.KEEP_PAGES = True
    kept = client.get("/provinces.png?estimates=off").content
    bad = client.get("/provinces/?figure=nothing&estimates=off").content.decode()
    assert "is not a figure in this view" in bad
    assert "is not a figure" not in client.get("/provinces/?figure=by-year&estimates=off").content.decode()
    monkeypatch.setattr(pictures, "picture", lambda *_about, **_more: pytest.fail("it was drawn again"))
    for query in ("size=1200", "size=abc", "background=red", "figure="):
        assert client.get(f"/provinces.png?estimates=off&{query}").content == kept


@pytest.mark.slow
def test_a_figure_asks_no_more_of_the_database_than_its_page(site, client, django_assert_max_num_queries):
    for path in ("/provinces/", "/provinces.svg", "/embed/provinces/", "/provinces.xlsx"):
        with django_assert_max_num_queries(6):
            assert client.get(path, {"figure": "map"}).status_code == 200


def test_the_script_for_articles_may_be_loaded_anywhere_and_is_kept(site, client):
    response = client.get("/embed.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8" and not response.cookies
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin" and "max-age=86400" in response["Cache-Control"]
    assert client.get("/embed.js", headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert client.post("/embed.js").status_code == 405
