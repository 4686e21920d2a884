"""Who may import whom (design: data flow one way, from files to pages), read from the source itself."""

import ast
from fnmatch import fnmatch
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# The modules of the project that each module may import. A module that no line names may import nothing of it.
MAY_IMPORT = {
    # Pure: tables and words in, tables and words out.
    "trade.names": "",
    "trade.numbers": "",
    "trade.diff": "",
    "trade.cube": "",
    "trade.checks": "trade.formats trade.names",
    "trade.formats*": "trade.formats* trade.names",
    "trade.svg": "trade.numbers",
    "trade.charts": "trade.cube trade.numbers trade.svg",
    # What stands in the database, and the one way in.
    "trade.models": "trade.diff",
    "trade.reference": "trade.models trade.names",
    "trade.records": "trade.models",
    "trade.sheets": "trade.models trade.records trade.formats.writer",
    "trade.bundle": "trade.models trade.records trade.sheets trade.charts trade.svg trade.formats*",
    "trade.rows": "trade.models",
    "trade.releases": "trade.models trade.reference trade.formats* trade.checks trade.diff trade.rows trade.bundle",
    "trade.review": "trade.models",
    "trade.tasks": "trade.models trade.releases",
    # The editor's side.
    "trade.forms": "trade.models",
    "trade.resources": "trade.models trade.names",
    "trade.admin": "trade.models trade.forms trade.resources trade.desk trade.releases",
    "trade.desk": "trade.models trade.forms trade.releases trade.review trade.tasks",
    "trade.management.commands.*": "trade.models trade.reference trade.releases trade.tasks",
    # The reader's side: no observation is in reach of a page.
    "trade.views": "trade.models trade.bundle trade.charts trade.svg trade.numbers",
    "trade.api": "trade.models trade.bundle trade.charts",
    "trade.urls": "trade.views trade.api",
    # What is typed. It meets `trade` in templates, and by the name "trade.Chapter" in one relation.
    "faq.admin": "faq.models faq.resources faq.markdown",
    "faq.resources": "faq.models",
    "faq.models": "faq.markdown",
    "faq.views": "faq.models",
    "faq.urls": "faq.views",
    "faq.templatetags.*": "faq.models faq.markdown",
    "faq.management.commands.*": "faq.models",
    "config.*": "",
}

# These run in the reading child, in tests without a database, or one day elsewhere: of Django they may use words only.
PURE = [
    "trade.names",
    "trade.numbers",
    "trade.diff",
    "trade.cube",
    "trade.checks",
    "trade.formats*",
    "trade.svg",
    "trade.charts",
]


def modules() -> dict[str, Path]:
    """Map "trade.models" to its file, for every module of the project but migrations."""
    files = [path for package in ("config", "faq", "trade") for path in (ROOT / package).rglob("*.py")]
    return {module_name(path): path for path in files if "migrations" not in path.parts}


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> set[str]:
    """Every name that the file imports, at its top or inside a function: {"pandas", "trade.models.Dataset"}."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides where it comes from"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def of_the_project(names: set[str]) -> set[str]:
    """Keep our modules: {"trade.models.Dataset", "pandas"} becomes {"trade.models"}."""
    known = modules()
    candidates = {name if name in known else name.rpartition(".")[0] for name in names}
    return {name for name in candidates if name in known}


def allowed(module: str) -> list[str]:
    return " ".join(line for pattern, line in MAY_IMPORT.items() if fnmatch(module, pattern)).split()


def matches(module: str, patterns: list[str]) -> bool:
    return any(fnmatch(module, pattern) for pattern in patterns)


@pytest.mark.parametrize("module", sorted(modules()))
def test_a_module_imports_only_what_its_place_allows(module):
    used = of_the_project(imports(modules()[module])) - {module}
    assert [name for name in sorted(used) if not matches(name, allowed(module))] == []


@pytest.mark.parametrize("module", sorted(name for name in modules() if matches(name, PURE)))
def test_a_pure_module_knows_of_django_nothing_but_its_words(module):
    of_django = {name for name in imports(modules()[module]) if name.partition(".")[0] == "django"}
    assert [name for name in sorted(of_django) if not name.startswith("django.utils.translation.")] == []


def test_no_two_modules_import_each_other():
    graph = {name: of_the_project(imports(path)) - {name} for name, path in modules().items()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(graph)


def test_the_table_above_names_no_module_that_is_gone():
    patterns = set(MAY_IMPORT) | {name for line in MAY_IMPORT.values() for name in line.split()}
    assert [pattern for pattern in sorted(patterns) if not any(fnmatch(name, pattern) for name in modules())] == []
