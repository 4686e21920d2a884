"""Markdown becomes HTML that a page can hold."""

import re

import pytest

from site_texts.markdown import render


def test_markdown_becomes_html():
    assert render("**Oil** is *estimated*.") == "<p><strong>Oil</strong> is <em>estimated</em>.</p>\n"


@pytest.mark.parametrize(("below", "level"), [(1, 2), (2, 3), (3, 4), (6, 6)])
def test_headings_stand_below_those_of_the_page(below, level):
    assert render("# Why", below) == f"<h{level}>Why</h{level}>\n"


def test_a_table_keeps_its_head_and_loses_its_styles():
    html = render("| a | b |\n| --- | ---: |\n| 1 | 2 |")
    assert "<th>b</th>" in html
    assert "<td>2</td>" in html
    assert "style" not in html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://example.org/x.png)",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:x)",
        "<a href='javascript:alert(1)'>x</a>",
        "<javascript:alert(1)>",
        "<style>body{display:none}</style>",
        "<iframe src=//example.org></iframe>",
        '[x](https://example.org "a" onmouseover="alert(1)")',
    ],
)
def test_nothing_of_the_writers_own_markup_survives(hostile):
    html = render(hostile)
    assert not re.search(r"<(script|img|iframe|style)|<[^>]*(\son\w+|style)=", html)
    assert not re.search(r"<a [^>]*href=.?(javascript|data|vbscript)", html)


def test_a_link_tells_the_other_site_nothing():
    assert render("[UN](https://example.org/)") == (
        '<p><a href="https://example.org/" rel="noopener noreferrer">UN</a></p>\n'
    )


def test_a_link_within_the_site_keeps_its_address():
    assert 'href="/sanctions/2397/"' in render("[2397](/sanctions/2397/)")
    assert 'href="#question-guangdong"' in render("[Guangdong](#question-guangdong)")


def test_a_deep_nest_ends():
    assert len(render("> " * 5000 + "x")) < 100_000
