"""The house: rooms of a size that a stranger can take in, names that stand once, functions that fit on a screen."""

import ast
import functools
import re
import statistics
import subprocess
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = (
    "accounts",
    "backups",
    "config",
    "drafts",
    "faq",
    "sanctions",
    "search",
    "site_texts",
    "spreadsheets",
    "tables",
    "trade",
    "web",
)
ROOMS = {"static/js": 20, "templates/trade": 20}  # files in the folder itself, at the most
DJANGO_S_OWN = {"admin.py", "apps.py", "forms.py", "models.py", "urls.py", "views.py"}
WRITTEN = (".py", ".html", ".js", ".css", ".md", ".toml", "Makefile")
OURS = "|".join(APPS)
ROOMS_BESIDE = "static|templates|tests|docs|data|deploy|benchmarks"
PATH = re.compile(rf"(?<![\w/.<*}}\"'-])(?:\.\./)?((?:{OURS}|{ROOMS_BESIDE})/[\w/.-]*\w)")
DOTTED = re.compile(rf"(?<![\w./@\"'-])((?:{OURS})(?:\.[a-z_]+)+)(?![\w-])")
NO_MODULES = (".csv", ".xlsx", ".example", ".org")  # endings of words that look like a module of ours


def tracked() -> list[str]:
    """Every file of the repository, those not added yet too, but none that .gitignore leaves out."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [name for name in names if (ROOT / name).is_file()]


def modules() -> list[Path]:
    """The modules of the program, without migrations and __init__.py, by their paths from the root."""
    paths = [Path(name) for name in tracked() if name.endswith(".py") and name.split("/")[0] in APPS]
    return [path for path in paths if "migrations" not in path.parts and path.name != "__init__.py"]


def functions():
    """Every function of the program: ("trade/frames.py: typed", its node)."""
    for path in modules():
        for node in ast.walk(ast.parse((ROOT / path).read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path}: {node.name}", node


def test_no_package_has_more_than_sixteen_modules():
    sizes = Counter(str(path.parent) for path in modules() if path.parent.name != "commands")
    assert {folder: size for folder, size in sizes.items() if size > 16} == {}


def test_no_room_of_scripts_templates_or_tests_has_more_than_twenty_files():
    sizes = Counter(
        str(Path(name).parent) for name in tracked() if name.startswith(("static/", "templates/", "tests/"))
    )
    assert {folder: size for folder, size in sizes.items() if size > 20} == {}


def test_config_holds_the_settings_the_addresses_and_the_application_alone():
    assert sorted(path.name for path in modules() if path.parts[0] == "config") == ["settings.py", "urls.py", "wsgi.py"]


def test_a_file_name_recurs_only_where_the_architecture_says_so():
    listed = (ROOT / "docs/architecture.md").read_text().partition("## Names that recur")[2]
    allowed = set(re.findall(r"`(\w+\.py)`", listed)) | DJANGO_S_OWN
    places = defaultdict(list)
    for path in modules():
        places[path.name].append(str(path))
    assert {name: found for name, found in places.items() if len(found) > 1 and name not in allowed} == {}
    assert {name for name in allowed - DJANGO_S_OWN if len(places[name]) < 2} == set()


def test_half_of_the_files_have_at_most_eighty_lines_that_are_not_blank():
    texts = [(ROOT / path).read_text() for path in modules()]
    assert statistics.median(sum(bool(line.strip()) for line in text.splitlines()) for text in texts) <= 80


def test_functions_are_short():
    lengths = {name: node.end_lineno - node.lineno + 1 for name, node in functions()}
    assert statistics.median(lengths.values()) < 12
    assert {name: length for name, length in lengths.items() if length > 40} == {}


@functools.cache
def exists(path: str) -> bool:
    """Whether a path in words is there: a file, a folder, or a module without its ending."""
    places = [ROOT / name for name in (path, f"{path}.py", f"templates/{path}")]
    return any(place.is_file() or (place.is_dir() and any(place.rglob("*.*"))) for place in places)


@pytest.mark.parametrize("name", [name for name in tracked() if name.endswith(WRITTEN)])
def test_every_path_and_every_module_that_a_text_names_exists(name):
    text = (ROOT / name).read_text()
    if name == "docs/decisions.md":
        text = re.sub(r"~~.*?~~", "", text, flags=re.DOTALL)  # struck out: what no longer holds
    words = words_of(name, text)
    missing = {path for path in PATH.findall(words) if not exists(path)}
    if name.endswith((".py", ".md")):
        missing |= {dotted for dotted in DOTTED.findall(words) if not is_a_module(dotted)}
    assert missing == set()


def words_of(name, text):
    """What a file says in words: of Python the comments and docstrings, of others all of it."""
    if not name.endswith(".py"):
        return text
    comments = re.findall(r"(?m)#.*$", text)
    docstrings = [ast.get_docstring(node) or "" for node in ast.walk(ast.parse(text)) if isinstance(node, DOCUMENTED)]
    return "\n".join(comments + docstrings)


DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@functools.cache
def is_a_module(dotted: str) -> bool:
    """Whether "trade.frames" or "trade.frames.typed" is there: a module, or a name within one."""
    if dotted.endswith(NO_MODULES):
        return True
    parts = dotted.split(".")
    for size in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:size])
        if place.with_suffix(".py").is_file() or (place / "__init__.py").is_file():
            source = place.with_suffix(".py") if place.with_suffix(".py").is_file() else place / "__init__.py"
            return size == len(parts) or re.search(rf"\b{parts[size]}\b", source.read_text()) is not None
    return False


def test_the_contracts_name_every_room():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert set(contracts["root_packages"]) == set(APPS)
