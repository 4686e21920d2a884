"""Who may import whom (design: data flow one way, from files to pages), read from the source itself."""

import ast
from fnmatch import fnmatch
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Each layer: its modules, and the layers that they may import beside their own. Data flow from files to pages.
LAYERS = {
    "words": ("trade.formulas trade.names trade.numbers trade.diff config.encodings", ""),
    "formats": ("trade.formats*", "words"),
    "checks": ("trade.checks*", "words formats"),
    "charts": ("trade.charts* trade.svg*", "words"),
    "models": ("trade.models", "words"),
    "reference": ("trade.reference trade.datasets", "words models"),
    "bundle": (
        "trade.bundle trade.citations trade.descriptions trade.dictionary trade.records trade.sheets trade.view_sheets "
        "trade.verification",
        "words formats charts models",
    ),
    "releases": (
        "trade.releases trade.staging trade.rows",
        "words formats checks models reference bundle",
    ),
    "desk": (
        "trade.admin trade.desk trade.forms trade.ledger trade.review trade.resources trade.tasks "
        "trade.templatetags.desk",
        "words charts models reference releases tables",
    ),
    "commands": ("trade.management*", "models reference bundle releases first-words"),
    # What readers ask for: no observation is in reach of a page, nor is anything that writes.
    "pages": (
        "trade.api* trade.cards trade.changes trade.embeds trade.events trade.feeds trade.memory trade.sitemaps "
        "trade.templatetags.linked trade.templatetags.page trade.urls trade.views",
        "words charts models bundle kept",
    ),
    # What is typed. It meets `trade` in templates, and by the name "trade.Chapter" in one relation.
    "first-words": ("faq.seed", "faq"),
    "faq": ("faq faq.[!s]*", "tables kept"),
    "tables": ("config.table*", ""),
    "kept": ("config.kept config.archive", "words"),  # knows tables by their names alone
    "start": ("config config.s* config.cache config.icons config.urls config.wsgi", "pages kept"),
    "empty": ("trade trade.apps trade.templatetags", ""),
}

# These run in the reading child, without a database, or one day elsewhere: of Django they may use words only.
PURE = ["words", "formats", "checks", "charts"]

# Only `releases` writes observations, and this is what it writes them with.
THE_ONE_WRITER = {"trade.rows": {"trade.releases"}}


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


def layers_of(module: str) -> list[str]:
    return [layer for layer, (patterns, _) in LAYERS.items() if any(fnmatch(module, p) for p in patterns.split())]


@pytest.mark.parametrize("module", sorted(modules()))
def test_a_module_stands_in_one_layer_and_imports_only_what_that_layer_may(module):
    assert len(layers_of(module)) == 1, "say in LAYERS where it stands"
    [layer] = layers_of(module)
    allowed = {layer, *LAYERS[layer][1].split()}
    used = of_the_project(imports(modules()[module]))
    assert {name: layers_of(name) for name in used if not allowed & set(layers_of(name))} == {}


@pytest.mark.parametrize("module", sorted(name for name in modules() if set(PURE) & set(layers_of(name))))
def test_a_pure_module_knows_of_django_nothing_but_its_words(module):
    of_django = {name for name in imports(modules()[module]) if name.partition(".")[0] == "django"}
    assert [name for name in sorted(of_django) if not name.startswith("django.utils.translation.")] == []


@pytest.mark.parametrize("module", THE_ONE_WRITER)
def test_observations_have_one_writer(module):
    callers = {name for name, path in modules().items() if module in of_the_project(imports(path))}
    assert callers == THE_ONE_WRITER[module]


def test_no_two_modules_import_each_other():
    graph = {name: of_the_project(imports(path)) - {name, "trade.svg"} for name, path in modules().items()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(graph)


def test_no_layer_names_a_module_that_is_gone():
    patterns = [pattern for patterns, _ in LAYERS.values() for pattern in patterns.split()]
    assert [pattern for pattern in patterns if not any(fnmatch(name, pattern) for name in modules())] == []
