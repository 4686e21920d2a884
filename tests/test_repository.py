"""What the repository promises about itself: nothing left open, unsafe, foreign or undocumented."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
THIS = Path(__file__).relative_to(ROOT).as_posix()
PROGRAM = (
    "accounts/",
    "backups/",
    "config/",
    "faq/",
    "sanctions/",
    "search/",
    "site_texts/",
    "spreadsheets/",
    "tables/",
    "trade/",
    "web/",
)
CODE = (".py", ".js", ".html", ".css", ".svg", ".txt", ".toml", ".json", ".md", ".yml", "Makefile", "run", ".example")

# Every way by which a text reaches a page as it is.
UNSAFE = (
    r"\|\s*safe(?:seq)?\b|\bmark_safe\(|\bSafe(?:String|Text)\(|autoescape off|__html__"
    r"|innerHTML|outerHTML\s*=[^=]|insertAdjacentHTML|document\.write"
)
# Where unsafe words are allowed, and why.
ALLOWED = {
    ("site_texts/markdown.py", "mark_safe("): "its HTML has just been cleaned by nh3",
    ("templates/trade/figure/_figure.html", "|safe"): "the SVG is drawn by trade.charts.svg, which escapes every text",
    ("templates/mfa/totp/activate_form.html", "|safe"): "the QR code is drawn by qrcode: squares, no text",
    ("trade/admin/corrections/drawings.py", "SafeString("): "drawn by trade.charts.svg, which escapes every text",
    ("trade/admin/desk/guide.py", "SafeString("): "the guide lies in docs/ and holds no HTML",
    ("trade/admin/upload_pages.py", "SafeString("): "the SVG is drawn by trade.charts.svg, which escapes every text",
    ("trade/pages/charts.py", "SafeString("): "the SVG is drawn by trade.charts.svg, which escapes every text",
    ("trade/templatetags/chart_page.py", "SafeString("): "drawn by trade.charts.svg, which escapes every text",
    ("trade/templatetags/tile_items.py", "SafeString("): "every text of a tile is escaped as it is written",
    (
        "trade/templatetags/table_rows.py",
        "SafeString(",
    ): "every text and address of a table is escaped as it is written",
    ("web/json_ld.py", "SafeString("): "JSON whose <, > and & are written as escapes",
    ("trade/pages/embeds.py", "xframe_options_exempt"): "these pages alone are made to stand in frames of other sites",
}


def tracked() -> list[str]:
    """Every file of the repository, those not added yet too, but none that .gitignore leaves out."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [name for name in names if (ROOT / name).is_file()]


def found(pattern: str, names: list[str]) -> list[tuple[str, str]]:
    """List (file, word) for every match, but not in this file: [("site_texts/markdown.py", "mark_safe(")]."""
    return [
        (name, match.group())
        for name in names
        if name.endswith(CODE) and name != THIS
        for match in re.finditer(pattern, (ROOT / name).read_text())
    ]


def of_kind(*endings: str) -> list[str]:
    return [name for name in tracked() if name.endswith(endings)]


def test_nothing_is_left_open():
    assert found(r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError", of_kind(".py", ".js", ".html", ".css")) == []


def test_no_text_reaches_a_page_unescaped_but_where_it_is_said_why():
    assert set(found(UNSAFE, of_kind(".py", ".js", ".html"))) - set(ALLOWED) == set()


@pytest.mark.parametrize(
    "line",
    ["{{ svg|safe }}", "mark_safe(svg)", "SafeString(svg)", "SafeText(x)", "{% autoescape off %}", "a.innerHTML = b"]
    + ["a.outerHTML = b", "a.insertAdjacentHTML('x', b)", "document.write(b)", "def __html__(self):"],
)
def test_the_guard_of_escaping_sees_every_way_round_it(line):
    assert re.search(UNSAFE, line)


def test_nothing_weakens_the_security_headers():
    weak = r"unsafe-inline|unsafe-eval|csrf_exempt|xframe_options_exempt"
    assert set(found(weak, of_kind(".py", ".js", ".html"))) - set(ALLOWED) == set()


def test_templates_hold_no_inline_style_and_no_inline_script():
    inline = r"""\sstyle=["']|\son[a-z]+=["']|<style\b|javascript:|<script(?![^>]*\b(src=|type="application/))"""
    assert found(inline, of_kind(".html")) == []


def test_the_stylesheet_needs_neither_ids_nor_importance():
    assert found(r"!important|(?m:^\s*#[a-z][\w-]*)", of_kind(".css")) == []


@pytest.mark.slow
def test_no_test_is_skipped():
    skips = r"mark\.(skip|skipif|xfail)\b|pytest\.(skip|xfail|importorskip)\(|\b(test|it|describe)\.(skip|todo)\("
    assert found(skips, of_kind(".py", ".js")) == []


HOSTLESS = ["Makefile", "package-lock.json", "package.json", "pyproject.toml", ".npmrc"]


def test_no_lock_and_no_script_names_a_host():
    names = [n for n in tracked() if n.startswith(("requirements/", ".ci/")) or n in HOSTLESS]
    assert found(r"https?://[^\s\"']+|--(extra-)?index-url", names) == []


def test_nothing_foreign_and_nothing_built_is_tracked():
    folders = r"(^|/)(node_modules|var|__pycache__)/"
    files = r"\.min\.(js|css)$|\.(sqlite3|pyc|whl|xlsx|xls|zip|parquet)$|uv\.lock$|^\.env$"
    foreign = f"{folders}|{files}"
    assert [name for name in tracked() if re.search(foreign, name)] == []


@pytest.mark.parametrize("word", ["utils", "util", "helpers", "helper", "services", "common", "misc", "signals"])
def test_no_module_has_a_name_that_says_nothing(word):
    assert [name for name in of_kind(".py", ".js") if Path(name).stem == word] == []


def read_by_the_settings() -> set[str]:
    """The variables that the settings and web/ read, whichever way: {"DEBUG", "SECRET_KEY", …}."""
    calls = r'(?:\benv(?:\.\w+)?|required|listed|os\.environ\.get)\(\s*"([A-Z][A-Z0-9_]+)"'
    source = "".join((ROOT / name).read_text() for name in of_kind(".py") if name.startswith(("config/", "web/")))
    return set(re.findall(calls, source))


def test_every_variable_of_the_settings_is_in_the_example_and_every_one_in_the_example_is_read():
    example = set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert example == read_by_the_settings()


def test_every_variable_of_the_settings_is_explained_to_operators():
    manual = set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \|", (ROOT / "docs/operators.md").read_text(), re.MULTILINE))
    assert manual == read_by_the_settings()


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
DIRECT = {
    "base.txt": PROJECT["project"]["dependencies"],
    "dev.txt": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"],
    "node.txt": PROJECT["dependency-groups"]["node"],
}


def test_every_dependency_says_what_it_is_for():
    lines = re.findall(r'^  "[\w.-]+[^"]*",.*$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    named = [line for line in lines if line.split('"')[1] in DIRECT["dev.txt"] + DIRECT["node.txt"]]
    assert len(named) == len(DIRECT["dev.txt"] + DIRECT["node.txt"])
    unexplained = [line for line in named if not re.search(r'",\s+# .{10,}', line)]
    assert unexplained == []


def locked(lock: str) -> dict[str, tuple[str, str]]:
    """Map each package to its version and to what asked for it: {"redis": ("8.1.0", "yalu (pyproject.toml)")}."""
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / "requirements" / lock).read_text())
    heads = [(re.match(r"([a-z0-9-]+)==([^\s;]+)", entry), entry.partition("# via")[2]) for entry in entries]
    return {head.group(1): (head.group(2), via) for head, via in heads if head}


@pytest.mark.parametrize("lock", DIRECT)
def test_a_lock_holds_what_pyproject_asks_for_and_nothing_it_no_longer_does(lock):
    packages = locked(lock)
    asked = {canonicalize_name(Requirement(line).name): Requirement(line) for line in DIRECT[lock]}
    named = {name for name, (_, via) in packages.items() if "yalu (pyproject.toml" in via}
    assert named == set(asked)
    assert [str(r) for name, r in asked.items() if not r.specifier.contains(packages[name][0])] == []


def test_the_two_locks_agree():
    base, dev = locked("base.txt"), locked("dev.txt")
    assert {name: version for name, (version, _) in base.items()} == {name: dev[name][0] for name in base}


def test_the_npm_lock_is_of_this_package_json():
    package = json.loads((ROOT / "package.json").read_text())
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"][""]
    kinds = ("dependencies", "devDependencies")
    assert {kind: lock.get(kind) for kind in kinds} == {kind: package.get(kind) for kind in kinds}
