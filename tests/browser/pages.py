"""What browser tests ask of a page: its chart's points, its widths, what axe finds."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page

from tests.browser.site import Site

AXE = (Path(__file__).resolve().parent.parent.parent / "node_modules/axe-core/axe.min.js").read_text()

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 360, "height": 740}

# Rules of axe whose answer another look of the same page can change: its colours; on a phone its places, too, for there
# boxes overflow and lists are folded that do not on a desk. All other rules ask what no look changes.
COLOURS = ["color-contrast", "link-in-text-block"]
PLACES = [*COLOURS, "scrollable-region-focusable", "summary-name", "link-name", "button-name", "aria-hidden-focus"]
LIGHT, DARK = {"color_scheme": "light"}, {"color_scheme": "dark"}
ON_A_DESK = [(DESKTOP, LIGHT, None), (DESKTOP, DARK, COLOURS)]  # all rules once
ON_A_PHONE = [(PHONE, DARK, COLOURS), (PHONE, LIGHT, PLACES)]
LOOKS = ON_A_DESK + ON_A_PHONE

# Every kind of public page once, and each dataset.
PUBLIC = [
    "/",
    "/provinces/",
    "/provinces/?flow=from_dprk&year=2016&estimates=off",
    "/provinces/cn-ln/",
    "/commodities/",
    "/commodities/?dataset=world-commodities",
    "/commodities/v/",
    "/commodities/27/",
    "/commodities/other/",
    "/sanctions/",
    "/sanctions/2371/",
    "/questions/",
    "/data/",
    "/corrections/",
    "/data/china-provinces/",
    "/data/china-provinces/1/",
    "/api/",
    "/search/?q=coal",
]
CHART_PAGES = ["/", "/provinces/", "/provinces/cn-ln/", "/commodities/", "/commodities/v/"]


def settled(page: Page) -> None:
    """Wait until the page says that its answer is complete: no part of it is busy any more."""
    page.locator("[aria-busy=true]").first.wait_for(state="detached")


def remembered(page: Page) -> None:
    """Point at the line of time, and wait until the views of all times have come and the one shown is drawn."""
    page.locator(".timeline").first.dispatch_event("pointerdown")
    page.wait_for_function(
        """() => {
            const { ready, views } = document.querySelector("trade-view").dataset;
            const isDrawn = (plot) => plot.querySelector("svg");
            return ready && ready === views && [...document.querySelectorAll("trade-chart .plot")].every(isDrawn);
        }"""
    )
    settled(page)


def chart(page: Page, number: int = 0) -> Locator:
    """The page's chart of that number, scrolled into sight and drawn by Chart.js."""
    element = page.locator("trade-chart").nth(number)
    element.scroll_into_view_if_needed()
    element.locator("canvas").wait_for()
    return element


def draw_charts(page: Page) -> None:
    """Scroll to each chart in turn until Chart.js has drawn them all and the page is complete."""
    page.wait_for_function(
        """() => {
            const ofMany = (one) => one.figure?.multiples && one.querySelector(".drawn");
            const drawn = (one) => ofMany(one) || Chart.getChart(one.querySelector("canvas"));
            const next = [...document.querySelectorAll("trade-chart")].find((one) => !drawn(one));
            next?.scrollIntoView({ block: "center" });
            return !next && !document.querySelector("[aria-busy=true]");
        }"""
    )


def unfolded(page: Page, path: str) -> None:
    """Open a page with every chart drawn and all that folds unfolded: controls, tables, sharing, questions."""
    page.goto(path)
    draw_charts(page)
    unfold(page)


def unfold(page: Page) -> None:
    """Open every list of the page."""
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")


def resize(page: Page, viewport: dict) -> None:
    """Change the size of the window, and wait until every chart has followed."""
    page.set_viewport_size(viewport)
    page.wait_for_function(
        """width => innerWidth === width && [...document.querySelectorAll("canvas")]
            .every(one => Math.abs(one.clientWidth - one.parentElement.clientWidth) <= 1)""",
        arg=viewport["width"],
    )


def figure(page: Page, number: int = 0) -> dict:
    """The figure that the page holds for that chart: see trade/charts/."""
    return page.locator("trade-chart").nth(number).evaluate("element => element.figure")


def colours(element: Locator) -> int:
    """Count the colours on a chart's canvas: a blank one has one."""
    return element.locator("canvas").evaluate(
        """canvas => {
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            return new Set(new Uint32Array(data.buffer)).size;
        }"""
    )


def point_to(page: Page, element: Locator, series: int, category: int) -> None:
    """Move the mouse onto a bar, slice or point."""
    x, y = element.locator("canvas").evaluate(
        """(canvas, [series, category]) => {
            const { x, y } = Chart.getChart(canvas).getDatasetMeta(series).data[category].getCenterPoint();
            const box = canvas.getBoundingClientRect();
            return [box.x + x, box.y + y];
        }""",
        [series, category],
    )
    page.mouse.move(x - 2, y)
    page.mouse.move(x, y)


def tooltip(element: Locator) -> dict:
    """What the chart shows at the mouse, a frame after it has moved: {"title": "2016", "lines": ["US$1.67 bn", …]}."""
    return element.page.wait_for_function(
        """canvas => {
            const { title, body } = Chart.getChart(canvas).tooltip;
            return body?.length && { title: title.join(" "), lines: body.flatMap((part) => part.lines) };
        }""",
        arg=element.locator("canvas").element_handle(),
    ).json_value()


def violations(page: Page, within: str = "html", rules: list[str] | None = None) -> list[str]:
    """Run axe, all of it or some rules, on the page or a part of it as it is now: ["color-contrast: .kicker", …]."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)  # by way of the debugger, so the page's CSP stays as strict as it is
    found = page.evaluate("([within, options]) => axe.run(within, options)", [within, axe_options(rules)])
    return [
        f"{rule['id']}: {', '.join(' '.join(node['target']) for node in rule['nodes'][:5])}"
        for rule in found["violations"]
    ]


def axe_options(rules: list[str] | None) -> dict:
    """How axe is run: it would preload by inline styles, and describe each element in which it finds no fault."""
    return {"preload": False, "resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})


def faults(page: Page, looks: list[tuple]) -> dict:
    """What axe finds in the page that is open, look by look; {} if nothing: see LOOKS."""
    found = {}
    for viewport, media, rules in looks:
        resize(page, viewport)
        page.emulate_media(**media)
        page.wait_for_function("() => document.getAnimations().length === 0")  # the admin's colours change by and by
        found[viewport["width"], *media.values()] = violations(page, rules=rules)
    return {look: what for look, what in found.items() if what}


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window, once charts have followed a change of its size."""
    return page.evaluate(
        """async () => {
            const excess = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
            for (let frame = 0; frame < 60 && excess() > 0; frame++) await new Promise(requestAnimationFrame);
            return excess();
        }"""
    )


def moved(page: Page) -> float:
    """How far the page has shifted by itself since it was opened, once charts have had the frames to settle in."""
    return page.evaluate(
        """async () => {
            for (let frame = 0; frame < 6; frame++) await new Promise(requestAnimationFrame);
            const observer = new PerformanceObserver(() => {});
            observer.observe({ type: "layout-shift", buffered: true });
            const shifts = observer.takeRecords().filter((one) => !one.hadRecentInput);
            return shifts.reduce((sum, one) => sum + one.value, 0);
        }"""
    )


def shown(page: Page) -> dict:
    """The payload of the address that the page is at: of it tests take the state and the keys, not the numbers."""
    parts = urlsplit(page.url)
    return page.request.get(f"{parts.path.rstrip('/')}.json?{parts.query}").json()


def canvases(page: Page) -> list[dict]:
    """What Chart.js draws: [{"id": "by-year", "data": [[1.0, None, …], …]}, …].

    Asked and read in one go, when all is drawn and nothing is busy: an answer may replace a chart at any other time.
    """
    drawn = page.wait_for_function(
        """() => {
            const all = [...document.querySelectorAll("trade-chart")];
            const charts = all.map((one) => Chart.getChart(one.querySelector("canvas")));
            all.find((one, at) => !charts[at])?.scrollIntoView({ block: "center" });
            return !document.querySelector("[aria-busy=true]") && charts.every(Boolean) && all.map((one, at) => (
                { id: one.dataset.figure, data: charts[at].data.datasets.map((set) => set.data) }));
        }"""
    )
    return drawn.json_value()


def tables(page: Page) -> dict:
    """The cells of each figure's table as numbers and words: {"by-year": [["2016", 1673785123, None, "52%"], …]}."""
    found = page.locator("[data-figure]:has(tbody)").evaluate_all(
        """all => all.map((one) => {
            const text = (cell) => {
                const shown = cell.cloneNode(true); // a missing figure is a link to the page of gaps
                for (const aside of shown.querySelectorAll(".flag, .visually-hidden")) aside.remove();
                return shown.textContent;
            };
            const rows = [...one.querySelectorAll("tbody tr")];
            return [one.dataset.figure, rows.map((row) => [...row.cells].map((cell) => text(cell).trim()))];
        })"""
    )
    return {figure: [[number(cell) for cell in row] for row in rows] for figure, rows in found}


def number(text: str) -> int | str | None:
    """Read a cell: "1,673,785,123" is a number, "–" is missing, all else stays what it is."""
    if text == "–":
        return None
    plain = text.replace("−", "-")
    return int(plain.replace(",", "")) if re.fullmatch(r"-?\d{1,3}(,\d{3})*", plain) else text


def press_tab_until(page: Page, test: str, argument=None) -> None:
    """Press Tab until the element in focus passes a test: "(element, argument) => element.matches(…)"."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(f"argument => ({test})(document.activeElement, argument)", argument):
            return
    raise AssertionError(f"Tab does not reach what {test} asks for")


def sign_in(page: Page, site: Site) -> None:
    """Log the editor of a site in, and wait until the admin greets."""
    page.goto("/admin/")
    page.get_by_label("Username").fill(site.username)
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.locator("#logout-form").wait_for()
