"""What tests read from the pages of questions and sanctions."""

import re
from html import unescape


def text_of(response):
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main)))


def assert_headings_in_order(response):
    """A page has one h1, and no heading skips a level."""
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)[0]
    levels = [int(level) for level in re.findall(r"<h(\d)", main)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
