"""Times the chart pages as a reader on a slow line meets them, in one interleaved run: `python -m benchmarks.page`.

Headless Chromium, its processor slowed four times, its line as Chrome's own preset "Slow 4G"; every load begins with an
empty cache. The floors are served by the same granian with production's settings: a blank page that links the same
stylesheet, and for each of our pages a bare one with that stylesheet, the same data and tables, and Chart.js drawing
the first figure with its defaults. "Picture" is the first paint, and not before a frame that holds the SVG; "chart" is
when the canvas answers a hover. Sizes are in brotli. A control's time runs from the click to the frame that shows what
was chosen, on the slowed processor, once the view of the choice that is pointed at has come; requests are those sent
from the click until then.
Pages load in turn, ROUNDS times over; medians are compared.
"""

import json
import os
import statistics
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from html import escape
from pathlib import Path

import brotli
from playwright.sync_api import sync_playwright

from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.pages import DESKTOP
from tests.browser.site import ROOT, made_site, served

ROUNDS = int(os.environ.get("ROUNDS", "7"))
OFTEN = 60  # times that a page is asked for, of two processes: after 20 each packs it again (web.page_cache.popular)
PRESSES = 3  # of each control
PAGES = {"provinces": "/provinces/", "commodities": "/commodities/"}
WITHOUT_CHART = {"sanctions": "/sanctions/"}  # held against the blank page alone
SLOWER = 4
# Chrome's "Slow 4G": 1.6 Mbit/s down, 750 kbit/s up, a tenth off for overhead; 150 ms to and fro, times 3.75.
LINE = {"offline": False, "latency": 562.5, "downloadThroughput": 180_000, "uploadThroughput": 84_375}
LIMITS = {"picture": 1.25, "chart": 1.3, "JavaScript": 80, "CSS": 12, "HTML": 20, "shift": 0.02, "control": 150}
CHART_JS = ROOT / "node_modules" / "chart.js" / "dist" / "chart.umd.min.js"
KINDS = {"stacked": "bar", "bars": "bar", "line": "line", "pie": "pie"}
START, END = "<!-- page -->", "<!-- /page -->"

# Runs before anything else of a page: notes each shift, the frame in which the picture is there, and the frame in which
# the first canvas answers a mouse that lies on its largest mark.
WATCH = """
window.seen = { shift: 0, picture: null, chart: null };
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
window.painted = (done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(null);
};
window.afterPaint = (done) => requestAnimationFrame(() => painted(done));
const pictured = () => {
    const svg = document.querySelector("trade-chart svg");
    if (svg) return svg.getBoundingClientRect().top < innerHeight;
    return document.readyState !== "loading" && !document.querySelector("trade-chart");
};
const answers = () => {
    const canvas = document.querySelector("canvas");
    const chart = canvas && window.Chart?.getChart(canvas);
    if (!chart?.chartArea) return false;
    if (chart.getActiveElements().length) return true;
    const data = chart.data.datasets[0].data;
    const element = chart.getDatasetMeta(0).data[data.indexOf(Math.max(...data))];
    if (!element) return false;
    const { x, y } = element.getCenterPoint();
    const box = canvas.getBoundingClientRect();
    canvas.dispatchEvent(new MouseEvent("mousemove", { clientX: box.x + x, clientY: box.y + y, bubbles: true }));
    return false;
};
const look = () => {
    if (seen.picture === null && pictured()) afterPaint((now) => { seen.picture ??= now; });
    if (seen.chart === null && answers()) seen.chart = performance.now();
    if (seen.picture === null || seen.chart === null) requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""

UNTIL_SEEN = """(chart) => new Promise((done, fail) => {
    const look = () => {
        if (seen.picture !== null && !(chart && seen.chart === null)) done();
        else if (performance.now() < 30_000) setTimeout(look, 50);
        else fail(new Error(JSON.stringify(seen)));
    };
    look();
})"""

# What a load came to; bytes are those of the bodies as they were sent.
TOLD = """() => {
    const paint = performance.getEntriesByName("first-contentful-paint")[0].startTime;
    const body = (test) => performance.getEntriesByType("resource").filter((one) => test(new URL(one.name).pathname));
    const bytes = (all) => all.reduce((sum, one) => sum + one.encodedBodySize, 0);
    return {
        paint,
        picture: Math.max(paint, seen.picture),
        chart: seen.chart,
        shift: seen.shift,
        JavaScript: bytes(body((path) => path.endsWith(".js"))),
        CSS: bytes(body((path) => path.endsWith(".css"))),
    };
}"""

# Open the list that a choice is folded into, and no other.
UNFOLD = """link => {
    for (let list = link.closest("details"); list; list = list.parentElement.closest("details")) list.open = true;
}"""

# Until what was asked for as a choice was pointed at has come: the views of all times, or all that was on its way.
UNTIL_COME = """link => new Promise((done) => {
    const { dataset } = link.closest("trade-view");
    const hasCome = () => link.closest(".timeline") ? dataset.ready === dataset.views : !window.asking;
    const look = () => (hasCome() ? setTimeout(done, 100) : setTimeout(look, 20));
    look();
})"""

# Counts what the page has asked for and not yet got.
COUNT_ASKED = """window.asking = 0;
const really = window.fetch;
window.fetch = async (...what) => {
    window.asking += 1;
    try { return await really(...what); } finally { window.asking -= 1; }
};"""

# From a press to the end of the frame that paints what was chosen: the address changes as the chart is drawn, and the
# frame that begins then paints both.
TIME_A_PRESS = """() => {
    window.pressed = new Promise((done) => {
        addEventListener("click", (event) => {
            const from = event.timeStamp;
            const [before, asked, real] = [location.href, [], window.fetch];
            window.fetch = (...what) => (asked.push(what[0]), real(...what));
            const wait = () => {
                if (location.href === before) return requestAnimationFrame(wait);
                window.fetch = real;
                painted((now) => done([now - from, asked.length]));
            };
            requestAnimationFrame(wait);
        }, { capture: true, once: true });
    });
}"""


def main() -> int:
    """Measure, print the tables, put them into docs/benchmarks.md; 1 if something is over its limit."""
    with tempfile.TemporaryDirectory(prefix="yalu-benchmark-") as folder:
        site = made_site(Path(folder))
        place_floors(site)
        with served(site), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
            loads = measured_loads(browser, site)
            presses = {name: measured_presses(browser, site, path) for name, path in PAGES.items()}
            html = {name: size(site.address + path) for name, path in (PAGES | WITHOUT_CHART).items()}
            browser.close()
    text, over = report(loads, presses, html)
    print(text)
    keep(text)
    return over


# The floors


def place_floors(site) -> None:
    """Write the blank page and the bare pages among the static files, compressed as those are."""
    folder = Path(site.environment["VAR_DIR"]) / "static"
    names = json.loads((folder / "staticfiles.json").read_text())["paths"]
    css, script = f"/static/{names['css/site.css']}", "/static/chart.umd.min.js"
    place(folder / "chart.umd.min.js", CHART_JS.read_bytes())
    with served(site):
        payloads = {name: fetched(f"{site.address}/{name}.json") for name in PAGES}
    pages = {"blank": page(css, "<p>Nothing but words.</p>")}
    pages |= {f"bare-{name}": bare(json.loads(payload), css, script) for name, payload in payloads.items()}
    for name, text in pages.items():
        place(folder / f"{name}.html", text.encode())


def place(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    path.with_name(f"{path.name}.br").write_bytes(brotli.compress(content))


def page(css: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A floor</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="{css}"></head><body><main>{body}</main></body></html>'
    )


def bare(payload: dict, css: str, script: str) -> str:
    """Lay out the page that a hand would write: heading, canvas, tables, data, Chart.js and ten lines of script."""
    figures = [{name: part for name, part in one.items() if name not in ("svg", "table")} for one in payload["figures"]]
    first = next(place for place, one in enumerate(figures) if one["kind"] in KINDS)
    data = json.dumps(figures, ensure_ascii=False).replace("<", "\\u003c")
    tables = "".join(table(one["table"]) for one in payload["figures"] if one["table"])
    return page(
        css,
        f"<h1>{escape(payload['title'])}</h1><p>{escape(payload['sentence'])}</p>"
        f'<div style="position: relative; height: 380px"><canvas></canvas></div>{tables}'
        f'<script type="application/json">{data}</script><script defer src="{script}"></script>'
        '<script type="module">'
        f"const figure = JSON.parse(document.querySelector('[type=\"application/json\"]').textContent)[{first}];"
        "new Chart(document.querySelector('canvas'), {"
        f"type: {KINDS[figures[first]['kind']]!r},"
        "data: {labels: figure.categories.map((one) => one.label),"
        "datasets: figure.series.map((one) => ({label: one.name, data: one.points.map((point) => point.value)}))},"
        "options: {animation: false, maintainAspectRatio: false, scales: "
        + ("{x: {stacked: true}, y: {stacked: true}}" if figures[first]["kind"] == "stacked" else "{}")
        + "}});</script>",
    )


def table(one: dict) -> str:
    head = "".join(f"<th>{escape(column['label'])}</th>" for column in one["columns"])
    rows = (
        "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in [row["header"], *(c["text"] for c in row["cells"])])
        for row in one["rows"]
    )
    return f"<details><summary>Table</summary><table><tr>{head}</tr>{'</tr>'.join(rows)}</tr></table></details>"


# Loads


def measured_loads(browser, site) -> dict:
    """Load every page in turn: {"/provinces/": [{"picture": 812.0, "chart": 2210.0, …}, …]}."""
    paths = ["/static/blank.html"]
    for name, path in PAGES.items():
        paths += [f"/static/bare-{name}.html", path]
    paths += WITHOUT_CHART.values()
    found = defaultdict(list)
    for _round in range(ROUNDS + 1):
        for path in paths:
            found[path].append(load(browser, site, path))
    return {path: runs[1:] for path, runs in found.items()}  # the first warms the server up


def load(browser, site, path) -> dict:
    context, opened = slow_page(browser, site)
    opened.goto(path, wait_until="commit")
    opened.evaluate(UNTIL_SEEN, not path.endswith("blank.html") and path not in WITHOUT_CHART.values())
    opened.wait_for_timeout(300)  # what would move, has moved
    told = opened.evaluate(TOLD)
    context.close()
    return told


def slow_page(browser, site):
    context = browser.new_context(base_url=site.address, viewport=DESKTOP)
    opened = context.new_page()
    opened.add_init_script(WATCH)
    opened.add_init_script(COUNT_ASKED)
    debugger = context.new_cdp_session(opened)
    debugger.send("Network.enable")
    debugger.send("Network.emulateNetworkConditions", LINE)
    debugger.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return context, opened


# Controls


def measured_presses(browser, site, path) -> dict:
    """Press each control of a page: {"flow": [(92.1, 0), …]}, milliseconds and requests."""
    context, opened = slow_page(browser, site)
    opened.goto(path)
    opened.evaluate(UNTIL_SEEN, True)
    opened.locator(".controls .more").evaluate_all("all => all.forEach((one) => { one.open = true })")
    found = defaultdict(list)
    for _round in range(PRESSES):
        for name, selector in choices(opened):
            found[name].append(press(opened, selector))
            opened.go_back()
            opened.wait_for_url(f"**{path}")
            opened.locator("trade-view:not([aria-busy])").wait_for()
    context.close()
    return dict(found)


def choices(opened) -> list:
    """The first choice not made of each control whose views are kept: [(name, selector), …]."""
    return opened.evaluate(
        """() => [...document.querySelectorAll("[data-name]")].map((one) => [one.dataset.name, [...one.querySelectorAll(
            "a[href]")].find((link) => !link.hasAttribute("aria-current"))?.getAttribute("href")])
            .filter(([name, href]) => !["dataset", "highlight"].includes(name) && href)
            .map(([name, href]) => [name, `[data-name="${name}"] a[href="${href}"]`])
            .concat([["show", ".choose [type=checkbox]:not(:checked)"]])"""
    )


def press(opened, selector) -> list:
    opened.wait_for_timeout(500)  # what can wait, is done
    link = opened.locator(selector).first
    link.evaluate(UNFOLD)
    link.scroll_into_view_if_needed()
    link.hover()
    opened.wait_for_timeout(100)
    link.evaluate(UNTIL_COME)
    opened.evaluate(TIME_A_PRESS)
    link.click()
    return opened.evaluate("window.pressed")


# The account


def size(address: str) -> int:
    """Tell the bytes of a page in brotli, as it is sent once it is asked for often, or as it would be."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "br"})
    for _reader in range(OFTEN):
        fetched(address, request.headers)
    time.sleep(1)  # in which it is packed again
    with urllib.request.urlopen(request) as answer:
        body = answer.read()
        return len(body if answer.headers["Content-Encoding"] == "br" else brotli.compress(body, quality=5))


def fetched(address: str, headers: dict | None = None) -> bytes:
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers or {})) as answer:
        return answer.read()


def report(loads: dict, presses: dict, html: dict) -> tuple[str, int]:
    """Lay everything out as Markdown tables, and tell whether anything is over its limit."""
    lines, over = [f"Medians of {ROUNDS} loads in one interleaved run; limits in brackets.", ""], []

    def held(what, value, form="{:.2f}"):
        over.append(value > LIMITS[what])
        return form.format(value) + (" **over**" if over[-1] else "")

    middle = {
        path: {k: statistics.median(run[k] or 0 for run in runs) for k in runs[0]} for path, runs in loads.items()
    }
    blank = middle["/static/blank.html"]
    lines += [
        f"| page | picture, ms | of the blank page (≤ {LIMITS['picture']}) | chart, ms | of the bare page "
        f"(≤ {LIMITS['chart']}) | JS, kB (≤ 80) | CSS, kB (≤ 12) | HTML, kB (≤ 20) | shift (≤ 0.02) |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
        f"| blank | {blank['picture']:.0f} | 1.00 | | | | {blank['CSS'] / 1000:.1f} | | |",
    ]
    for name, path in PAGES.items():
        floor, ours = middle[f"/static/bare-{name}.html"], middle[path]
        shift = max(run["shift"] for run in loads[path])
        kilobytes = [held(kind, ours[kind] / 1000, "{:.1f}") for kind in ("JavaScript", "CSS")]
        kilobytes.append(held("HTML", html[name] / 1000, "{:.1f}"))
        lines += [
            f"| bare {name} | {floor['picture']:.0f} | | {floor['chart']:.0f} | 1.00 "
            f"| {floor['JavaScript'] / 1000:.1f} | {floor['CSS'] / 1000:.1f} | | |",
            f"| our {name} | {ours['picture']:.0f} | {held('picture', ours['picture'] / blank['picture'])} "
            f"| {ours['chart']:.0f} | {held('chart', ours['chart'] / floor['chart'])} "
            f"| {' | '.join(kilobytes)} | {held('shift', shift, '{:.3f}')} |",
        ]
    for name, path in WITHOUT_CHART.items():
        ours, shift = middle[path], max(run["shift"] for run in loads[path])
        kilobytes = [held(kind, ours[kind] / 1000, "{:.1f}") for kind in ("JavaScript", "CSS")]
        kilobytes.append(held("HTML", html[name] / 1000, "{:.1f}"))
        lines.append(
            f"| our {name} | {ours['picture']:.0f} | {held('picture', ours['picture'] / blank['picture'])} | | "
            f"| {' | '.join(kilobytes)} | {held('shift', shift, '{:.3f}')} |"
        )
    lines += ["", f"| page | control | ms (≤ {LIMITS['control']}) | requests (0) |", "|---|---|---:|---:|"]
    for name, controls in presses.items():
        for control, runs in controls.items():
            took, sent = statistics.median(run[0] for run in runs), max(run[1] for run in runs)
            over.append(sent > 0)
            lines.append(f"| {name} | {control} | {held('control', took, '{:.0f}')} | {sent} |")
    return "\n".join(lines), int(any(over))


def medians(runs: list) -> dict:
    return {name: statistics.median(run[name] or 0 for run in runs) for name in runs[0]}


def keep(text: str) -> None:
    """Put the tables under the heading "Page" of docs/benchmarks.md, in the place of the last ones."""
    path = ROOT / "docs" / "benchmarks.md"
    page = path.read_text("utf-8")
    if START not in page:
        page = f"{page.rstrip()}\n\n## Page\n\n{__doc__.split(chr(10) * 2)[1]}\n\n{START}\n{END}\n"
    before, rest = page.split(START)
    path.write_text(f"{before}{START}\n{text}\n{END}{rest.split(END)[1]}", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
