"""manage.py words: every sentence that the site says, with the file and line where it stands, for a native reader."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation.template import templatize

from web.page_cache.shelf import PROGRAM

MARKED = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
UNMARKED = ("spreadsheets", "trade/importing")  # they do without Django: their sentences are plain texts
CALL = re.compile(r"\b(?:_|gettext|ngettext|pgettext)\(((?:\s*u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"),?)+)")
QUESTIONS = "data/questions"


class Command(BaseCommand):
    help = "Print every sentence of the interface, of messages and of the first questions, each once."

    def handle(self, *args, **options):
        seen = set()
        for path, line, text in sentences(Path(settings.BASE_DIR)):
            text = text.encode("utf-8", "backslashreplace").decode()  # a pattern may hold what cannot be printed
            if text not in seen:
                seen.add(text)
                self.stdout.write(f"{path}:{line}: {text}")


def sentences(root: Path) -> Iterator[tuple]:
    """Yield (path, line, sentence) of all programs, templates and first questions."""
    for folder in sorted(PROGRAM):
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                name = path.relative_to(root).as_posix()
                yield from ((name, *one) for one in in_program(path.read_text("utf-8"), name.startswith(UNMARKED)))
    for path in sorted((root / "templates").rglob("*.*")):
        name = path.relative_to(root).as_posix()
        yield from ((name, *one) for one in in_template(path.read_text("utf-8")))
    for path in sorted((root / QUESTIONS).glob("*.md")):
        yield path.relative_to(root).as_posix(), 1, one_line(path.read_text("utf-8"))


def in_program(source: str, unmarked: bool = False) -> Iterator[tuple]:
    """Yield (line, sentence) of what is marked for translation; `unmarked`, of every text of several words."""
    tree = ast.parse(source)
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if unmarked and id(node) not in documentation:
            yield from ((node.lineno, text) for text in _texts(node) if len(text.split()) > 2)
        elif isinstance(node, ast.Call) and _name(node.func) in MARKED:
            texts = [text for argument in node.args for text in _texts(argument)]
            yield from ((node.lineno, text) for text in texts[_name(node.func).startswith("pgettext") :])


def _name(node):
    return getattr(node, "id", getattr(node, "attr", ""))


def _texts(node):
    """A text, or one that holds values, which are written {…}."""
    if isinstance(node, ast.JoinedStr):
        return [one_line("".join(part.value if isinstance(part, ast.Constant) else "{…}" for part in node.values))]
    return [one_line(node.value)] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def in_template(source: str) -> Iterator[tuple]:
    """Yield (line, sentence) of what a template marks for translation."""
    program = templatize(source)
    for call in CALL.finditer(program):
        line = program.count("\n", 0, call.start()) + 1
        for text in ast.literal_eval(f"[{call[1]}]"):
            yield line, one_line(text)


def one_line(text: str) -> str:
    return " ".join(text.split())
