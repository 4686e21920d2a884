"""What browser tests ask of a page: its chart's points, its widths, what axe finds."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page

AXE = (Path(__file__).resolve().parent.parent.parent / "node_modules/axe-core/axe.min.js").read_text()

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}

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
    "/data/china-provinces/",
    "/data/china-provinces/1/",
    "/api/",
]
CHART_PAGES = ["/", "/provinces/", "/provinces/cn-ln/", "/commodities/", "/commodities/v/"]


def chart(page: Page, number: int = 0) -> Locator:
    """The page's chart of that number, scrolled into sight and drawn by Chart.js."""
    element = page.locator("trade-chart").nth(number)
    element.scroll_into_view_if_needed()
    canvas = element.locator("canvas")
    canvas.wait_for()
    canvas.evaluate(
        "canvas => new Promise(done => setTimeout(done, Chart.getChart(canvas).options.animation.duration ?? 0))"
    )
    return element


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
    """What the chart shows at the mouse: {"title": "2016", "lines": ["US$1.67 bn", "52% of all provinces", …]}."""
    return element.locator("canvas").evaluate(
        """canvas => {
            const { opacity, title, body } = Chart.getChart(canvas).tooltip;
            const lines = (body ?? []).flatMap((part) => part.lines);
            return { shown: opacity > 0 || lines.length > 0, title: (title ?? []).join(" "), lines };
        }"""
    )


def violations(page: Page, within: str = "html") -> list[str]:
    """Run axe on the page, or a part of it, as it is now: ["color-contrast: .kicker", …]."""
    page.evaluate(AXE)  # by way of the debugger, so the page's CSP stays as strict as it is
    found = page.evaluate("(within) => axe.run(within, { preload: false })", within)  # it preloads by inline styles
    return [
        f"{rule['id']}: {', '.join(' '.join(node['target']) for node in rule['nodes'][:5])}"
        for rule in found["violations"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window, once charts have followed a change of its size."""
    return page.evaluate(
        """async () => {
            const excess = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
            for (let frame = 0; frame < 60 && excess() > 0; frame++) await new Promise(requestAnimationFrame);
            return excess();
        }"""
    )


def shown(page: Page) -> dict:
    """The payload of the address that the page is at: of it tests take the state and the keys, not the numbers."""
    parts = urlsplit(page.url)
    return page.request.get(f"{parts.path.rstrip('/')}.json?{parts.query}").json()


def canvases(page: Page) -> list[dict]:
    """What Chart.js draws: [{"id": "by-year", "data": [[1.0, None, …], …], "shown": true}, …], once all is drawn."""
    for number in range(page.locator("trade-chart").count()):
        chart(page, number)
    return page.locator("trade-chart").evaluate_all(
        """all => all.map((one) => {
            const chart = Chart.getChart(one.querySelector("canvas"));
            return { id: one.dataset.figure, data: chart.data.datasets.map((set) => set.data) };
        })"""
    )


def tables(page: Page) -> dict:
    """The cells of each figure's table as numbers and words: {"by-year": [["2016", 1673785123, None, "52%"], …]}."""
    found = page.locator("[data-figure]:has(tbody)").evaluate_all(
        """all => all.map((one) => {
            const aside = (node) => ["flag", "visually-hidden"].some((name) => node.classList?.contains(name));
            const text = (cell) => [...cell.childNodes].filter((node) => !aside(node)).map((node) => node.textContent);
            const rows = [...one.querySelectorAll("tbody tr")];
            return [one.dataset.figure, rows.map((row) => [...row.cells].map((cell) => text(cell).join("").trim()))];
        })"""
    )
    return {figure: [[number(cell) for cell in row] for row in rows] for figure, rows in found}


def number(text: str) -> int | str | None:
    """Read a cell: "1 673 785 123" is a number, "–" is missing, all else stays what it is."""
    if text == "–":
        return None
    plain = text.replace("−", "-")
    return int(plain.replace("\u202f", "")) if re.fullmatch(r"-?\d{1,3}(\u202f\d{3})*", plain) else text


def press_tab_until(page: Page, test: str, argument=None) -> None:
    """Press Tab until the element in focus passes a test: "(element, argument) => element.matches(…)"."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(f"argument => ({test})(document.activeElement, argument)", argument):
            return
    raise AssertionError(f"Tab does not reach what {test} asks for")
