"""A view shown in place of another: what a click changes, what it keeps, and how it ends when something fails."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import chart, draw_charts, figure, moved, remembered, settled

# Hold back the answer for a year until `letGo()`; `late` is the page's reading of it.
HOLD_BACK = """year => {
    const real = window.fetch;
    const gone = new Promise(done => { window.letGo = done; });
    window.fetch = async (url, options) => {
        const answer = await real(url, options);
        if (!url.includes(year)) return answer;
        await gone;
        answer.json = () => (window.late = Response.prototype.json.call(answer));
        return answer;
    };
}"""
INK = """Chart.getChart(document.querySelector("canvas")).options.plugins.tooltip.backgroundColor"""
REFUSE = "() => { window.fetch = () => Promise.reject(new Error('refused')); }"


def opened(page, path):
    """Open a page, wait until its first chart is live, and mark it, to tell it from a page loaded anew."""
    page.goto(path)
    chart(page)
    page.evaluate("window.opened = true")
    return page


def remembering_nothing(page):
    """Let the page learn no views in advance, so that each choice is asked for."""
    page.route("**/*.views.json*", lambda route: route.fulfill(json={"figures": {}, "views": {}}))
    return page


def let_go(page):
    """Let the answer that is held back come, and wait until the page has read it."""
    page.evaluate("letGo()")
    page.wait_for_function("() => window.late?.then(() => true)")


def still_the_same(page):
    return page.evaluate("window.opened === true")


def title(page):
    return page.get_by_role("heading", level=1)


def choose(page, year):
    page.locator(".years summary").click()
    page.locator(".years ol").get_by_role("link", name=year, exact=True).click()


def test_a_year_is_shown_in_place_with_all_that_follows_from_it(page):
    opened(page, "/provinces/")
    choose(page, "2016")
    expect(title(page)).to_contain_text("2016")
    settled(page)
    assert still_the_same(page)
    assert page.url.endswith("/provinces/?year=2016")
    shown = page.request.get("/provinces.json?year=2016").json()
    assert page.title().startswith(shown["title"])
    assert page.locator('[data-part="sentence"]').inner_text() == shown["sentence"]
    assert page.locator('link[rel="canonical"]').get_attribute("href").endswith(shown["url"])
    assert page.locator('[data-format="csv"]').get_attribute("href") == shown["csv_url"]
    for number, drawn in enumerate(one for one in shown["figures"] if one["kind"] != "tiles"):
        heads = page.locator("trade-chart").nth(number).locator("tbody th").all_text_contents()
        assert heads == [row["header"] for row in drawn["table"]["rows"]]
        assert figure(page, number)["series"] == drawn["series"]


# A part of a page as text, tag by tag, without what only a live chart has, or only a page without scripts.
MARKUP = """part => {
    const skipped = (node) => node.localName === "script" || node.matches?.(".drawn, .past");
    const attributes = (node) => [...node.attributes]
        .filter(({ name }) => !["open", "aria-hidden", "tabindex"].includes(name))
        .map(({ name, value }) => [name, name === "class" ? value.replace(/ ?live/, "") : value])
        .filter(([name, value]) => name !== "class" || value).sort().join(" ");
    const text = (node) => {
        if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/\\s+/g, "");
        if (node.nodeType !== Node.ELEMENT_NODE || skipped(node)) return "";
        const inside = [...node.childNodes].map(text).filter(Boolean);
        return [`<${node.localName} ${attributes(node)}>`, ...inside].join("\\n");
    };
    const whole = document.querySelector(`[data-part=${part}]`);
    whole.normalize();
    return text(whole).split("\\n");
}"""


@pytest.mark.parametrize(
    "path",
    [
        "/provinces/?year=2016",
        "/provinces/?flow=both&year=2016",
        "/commodities/v/?year=2016",
        "/provinces/cn-hl/?year=2016",
    ],
)
def test_what_is_drawn_in_place_is_what_the_server_sends(page, new_page, path):
    opened(page, path.replace("2016", "2015"))
    page.locator(".years a[rel=next]").click()
    page.wait_for_url(f"**{path}")
    expect(title(page)).to_contain_text("2016")
    remembered(page)  # only then the drawings of a view from memory are known
    other = new_page(java_script_enabled=False)
    other.goto(path)
    for part in ("crumbs", "title", "sentence", "notices", "controls", "figures"):
        assert page.evaluate(MARKUP, part) == other.evaluate(MARKUP, part), part


def test_the_drawing_behind_the_canvas_follows_so_that_print_shows_it(page):
    opened(page, "/provinces/?year=2016")
    drawing = page.locator("trade-chart").nth(1).locator(".plot > svg")
    before = drawing.inner_html()
    page.locator(".years a[rel=prev]").click()
    expect(title(page)).to_contain_text("2015")
    settled(page)
    assert drawing.inner_html() != before


def test_paper_shows_the_canvas_as_long_as_the_drawing_of_a_view_is_not_known(page):
    opened(page, "/provinces/?year=2016")
    remembered(page)
    page.evaluate(REFUSE)
    by_light = page.evaluate(INK)
    choose(page, "2010")
    settled(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"light => {INK} !== light", arg=by_light)
    page.emulate_media(media="print", color_scheme="dark")
    first = page.locator("trade-chart").first
    expect(first.locator(".plot > svg")).to_have_count(0)
    expect(first.locator("canvas")).to_be_visible()
    page.wait_for_function(f"light => {INK} === light", arg=by_light)


def test_a_chart_of_very_many_points_fetches_its_numbers_and_stays_a_drawing_where_they_do_not_come(page, new_page):
    page.goto("/provinces/?flow=both&year=2016")
    assert chart(page).locator("script").count() == 0
    assert len(figure(page)["series"]) > 20
    other = new_page()
    other.add_init_script(f"({REFUSE})()")
    other.goto("/provinces/?flow=both&year=2016")
    chart(other, 1)
    settled(other)
    first = other.locator("trade-chart").first
    expect(first.locator(".plot > svg")).to_be_visible()
    expect(first.locator("canvas")).to_have_count(0)


def test_focus_stays_on_the_control_and_the_new_title_is_announced(page):
    opened(page, "/provinces/?year=2016")
    for year in ("2015", "2014"):
        page.locator(".years a[rel=prev]").focus()
        page.keyboard.press("Enter")
        expect(title(page)).to_contain_text(year)
        expect(page.locator(".years a[rel=prev]")).to_be_focused()
        expect(page.locator('[data-part="said"]')).to_contain_text(title(page).inner_text())


def test_back_and_forward_show_the_views_between(page):
    opened(page, "/provinces/?year=2016")
    choose(page, "2010")
    expect(title(page)).to_contain_text("2010")
    choose(page, "2004")
    expect(title(page)).to_contain_text("2004")
    page.go_back()
    expect(title(page)).to_contain_text("2010")
    page.go_back()
    expect(title(page)).to_contain_text("2016")
    page.go_forward()
    expect(title(page)).to_contain_text("2010")
    assert still_the_same(page)


def test_a_late_answer_is_not_drawn_over_a_newer_choice(page):
    opened(remembering_nothing(page), "/provinces/?year=2016")
    page.evaluate(HOLD_BACK, "year=2010")
    page.evaluate("""() => {
        document.querySelector('.years ol a[href*="2010"]').click();
        document.querySelector('.years ol a[href*="2004"]').click();
    }""")
    expect(title(page)).to_contain_text("2004")
    let_go(page)
    settled(page)
    assert "2004" in title(page).inner_text()
    assert page.url.endswith("year=2004")


def test_a_page_that_waits_says_it_is_busy(page):
    opened(remembering_nothing(page), "/provinces/?year=2016")
    page.evaluate(HOLD_BACK, "year=2010")
    page.evaluate("""document.querySelector('.years ol a[href*="2010"]').click()""")
    assert page.locator("trade-view").get_attribute("aria-busy") == "true"
    assert "2016" in title(page).inner_text()
    let_go(page)
    expect(title(page)).to_contain_text("2010")
    expect(page.locator("trade-view")).not_to_have_attribute("aria-busy", "true")


def test_an_answer_that_fails_ends_as_a_link_that_is_followed(page):
    opened(remembering_nothing(page), "/provinces/?year=2016")
    page.evaluate(REFUSE)
    choose(page, "2010")
    page.wait_for_url("**/provinces/?year=2010")
    expect(title(page)).to_contain_text("2010")
    assert not still_the_same(page)


def test_without_a_connection_the_page_stays_and_says_so(page):
    opened(remembering_nothing(page), "/provinces/?year=2016")
    page.evaluate(REFUSE)
    page.evaluate("Object.defineProperty(navigator, 'onLine', { get: () => false })")
    choose(page, "2010")
    expect(page.get_by_text("You are offline.")).to_be_visible()
    assert still_the_same(page)
    assert "2016" in title(page).inner_text()


def test_what_is_remembered_is_shown_without_a_request_and_without_a_connection(page):
    opened(page, "/provinces/?year=2016")
    remembered(page)
    page.evaluate(REFUSE)
    page.evaluate("Object.defineProperty(navigator, 'onLine', { get: () => false })")
    choose(page, "2010")
    expect(title(page)).to_contain_text("2010")
    assert page.url.endswith("/provinces/?year=2010")
    assert still_the_same(page)
    expect(page.get_by_text("You are offline.")).to_be_hidden()


def test_another_dataset_is_another_page_with_its_own_source_and_banner(page):
    opened(page, "/commodities/")
    expect(page.get_by_text("Demonstration.", exact=True)).to_be_visible()
    page.locator(".more > summary").click()
    page.locator('[data-name="dataset"] a:not([aria-current])').click()
    page.wait_for_url("**dataset=world-commodities")
    expect(page.get_by_text("Demonstration.", exact=True)).to_have_count(0)
    assert "invented" not in page.locator("main").inner_text().split("Questions")[0]


def test_the_sanctions_below_the_charts_follow_the_goods(page):
    opened(page, "/commodities/v/?year=2016")
    page.get_by_role("navigation", name="You are here").get_by_role("link").first.click()
    page.wait_for_url("**/commodities/?year=2016")
    expect(page.get_by_role("heading", name="UN sanctions on these goods")).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("heading", name="UN sanctions on these goods")).to_be_visible()
    assert still_the_same(page)


def test_escape_goes_back_up_from_a_slice_and_the_focus_stays_in_the_chart(page):
    opened(page, "/commodities/v/?year=2016")
    page.locator("trade-chart [role=application]").first.focus()
    page.keyboard.press("Home")
    page.keyboard.press("Escape")
    page.wait_for_url("**/commodities/?year=2016")
    expect(page.locator("trade-chart [role=application]").first).to_be_focused()


def test_escape_closes_the_list_of_years_and_returns_to_its_button(page):
    opened(page, "/provinces/")
    page.locator(".years summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(".years details")).not_to_have_attribute("open", "")
    expect(page.locator(".years summary")).to_be_focused()


def test_a_modified_click_is_left_to_the_browser(page):
    opened(page, "/provinces/?year=2016")
    with page.context.expect_page() as other:
        page.locator(".years a[rel=prev]").click(modifiers=["Control"])
    other.value.wait_for_url("**year=2015")
    assert "2016" in title(page).inner_text()


def test_a_change_of_colour_scheme_changes_the_colours_of_the_canvas(page):
    colour = "canvas => Chart.getChart(canvas).data.datasets[0].backgroundColor[0]"
    page.emulate_media(color_scheme="light")
    opened(page, "/provinces/")
    canvas = page.locator("trade-chart canvas").first
    light = canvas.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    expect(canvas).to_be_visible()
    page.wait_for_function(f"light => ({colour})(document.querySelector('canvas')) !== light", arg=light)


def test_a_missing_value_is_a_gap_in_the_canvas_and_missing_to_the_ear(page):
    payload = page.request.get("/commodities.json?view=lines").json()
    opened(page, "/commodities/?view=lines")
    number = next(n for n, one in enumerate(payload["figures"]) if one["kind"] == "line")
    drawn, element = payload["figures"][number], chart(page, number)
    gaps = [[point["value"] is None for point in one["points"]] for one in drawn["series"]]
    data = element.locator("canvas").evaluate("canvas => Chart.getChart(canvas).data.datasets.map(one => one.data)")
    assert [[value is None for value in one] for one in data] == gaps
    assert any(map(any, gaps))


@pytest.mark.parametrize("path", ["/", "/provinces/", "/commodities/"])
def test_nothing_moves_when_the_canvas_takes_over(page, path):
    page.goto(path)
    draw_charts(page)
    assert moved(page) <= 0.02


def test_a_shift_would_be_seen(page):
    page.goto("/provinces/")
    page.evaluate("document.querySelector('main').prepend(document.createElement('textarea'))")
    assert moved(page) > 0.02
