"""The colours of the stylesheet, measured: contrast as WCAG 2.2 defines it, distance as eyes of each kind see it."""

import re
import subprocess
from itertools import combinations, pairwise
from pathlib import Path

import brotli
import pytest

from trade.charts.svg import primitives, province_grid
from web import favicons

ROOT = Path(__file__).resolve().parent.parent
SHEET = ROOT / "static/css/site.css"
PARTS = [SHEET.parent / name for name in re.findall(r'@import "([^"]+)"', SHEET.read_text())]
CSS = "\n".join(part.read_text() for part in PARTS)
DECLARED = dict(re.findall(r"--([\w-]+): light-dark\(([^)]+)\);", CSS))
SERIES = [f"series-{slot}" for slot in range(1, 11)] + ["series-other"]
GREYS = ["series-11", "series-12", "series-other"]  # trade.charts.commodities
STEPS = [f"step-{step}" for step in range(1, 8)]
UNDER = [f"under-{step}" for step in (1, 3, 5, 7)]  # below nought
PALE = ("step-1", "step-2", "step-3", "under-1", "under-3")  # with dark letters, and an edge that stands out
SCHEMES = {"light": 0, "dark": 1}

# Machado, Oliveira and Fernandes 2009, severity 1: what a dichromat sees of a colour, in linear RGB.
VISION = {
    "trichromat": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanope": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranope": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanope": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def colour(name, scheme):
    """The colour of a token in a scheme, in linear RGB: ("ink", "light") -> (0.011, 0.014, 0.018)."""
    text = DECLARED[name].split(",")[SCHEMES[scheme]].strip().lstrip("#")
    return tuple(linear(int(text[at : at + 2], 16) / 255) for at in (0, 2, 4))


def linear(channel):
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def luminance(rgb):
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def contrast(one, other):
    """The contrast ratio of WCAG 2.2: black on white is 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(rows, vector):
    return tuple(sum(weight * part for weight, part in zip(row, vector, strict=True)) for row in rows)


def oklab(rgb):
    """Where a colour lies in Ottosson's OKLab, in which equal distances look about equal."""
    into_cones = ((0.4122214708, 0.5363325363, 0.0514459929), (0.2119034982, 0.6806995451, 0.1073969566))
    into_cones += ((0.0883024619, 0.2817188376, 0.6299787005),)
    out_of_cones = ((0.2104542553, 0.7936177850, -0.0040720468), (1.9779984951, -2.4285922050, 0.4505937099))
    out_of_cones += ((0.0259040371, 0.7827717662, -0.8086757660),)
    return mixed(out_of_cones, [max(part, 0) ** (1 / 3) for part in mixed(into_cones, rgb)])


def distance(one, other, vision):
    """How far apart two colours look to a kind of eye: black and white are 1 apart, a just visible step is 0.02."""
    seen = [oklab([min(max(part, 0), 1) for part in mixed(VISION[vision], rgb)]) for rgb in (one, other)]
    return sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5


def test_the_measures_agree_with_known_values():
    black, white = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
    assert contrast(black, white) == pytest.approx(21)
    assert distance(black, white, "trichromat") == pytest.approx(1, abs=0.001)
    red, green = (1.0, 0.0, 0.0), (0.0, 0.4, 0.0)
    assert distance(red, green, "deuteranope") < distance(red, green, "trichromat") / 2


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", SERIES + GREYS[:2])
def test_a_series_stands_out_from_the_ground(name, scheme):
    assert contrast(colour(name, scheme), colour("ground", scheme)) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("vision", VISION)
def test_neighbours_in_a_stack_are_told_apart_by_every_kind_of_eye(vision, scheme):
    for one, other in pairwise(SERIES):
        assert distance(colour(one, scheme), colour(other, scheme), vision) >= 0.12, (one, other)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("vision", VISION)
def test_any_two_series_are_told_apart_in_a_legend(vision, scheme):
    for one, other in combinations(SERIES + GREYS[:2], 2):
        assert distance(colour(one, scheme), colour(other, scheme), vision) >= 0.055, (one, other)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("vision", VISION)
def test_slices_without_a_colour_are_told_apart_by_every_kind_of_eye(vision, scheme):
    for one, other in combinations(GREYS, 2):
        assert distance(colour(one, scheme), colour(other, scheme), vision) >= 0.1, (one, other)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", STEPS + UNDER)
def test_a_tile_stands_out_from_the_ground_by_its_colour_or_its_edge(name, scheme):
    edge = "rule-strong" if name in PALE else name
    assert contrast(colour(edge, scheme), colour("ground", scheme)) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("side", [STEPS, UNDER], ids=["above", "below"])
def test_each_step_of_the_tiles_is_further_from_the_ground_for_every_kind_of_eye(side, vision, scheme):
    away = [contrast(colour(name, scheme), colour("ground", scheme)) for name in side]
    assert away == sorted(away)
    for one, other in pairwise(side):
        assert distance(colour(one, scheme), colour(other, scheme), vision) >= 0.08, (one, other)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", STEPS + UNDER)
def test_the_letters_on_a_tile_are_readable(name, scheme):
    letters = "ink" if name in PALE else "ground"  # as the stylesheet has it for .tiles
    assert contrast(colour(letters, scheme), colour(name, scheme)) >= 4.5


def test_the_tiles_of_a_picture_have_the_colours_of_the_stylesheet():
    light = {f"step-{step}" if step > 0 else f"under-{-step}": text for step, text in province_grid.COLOURS.items()}
    assert light == {name: DECLARED[name].split(",")[0] for name in STEPS + UNDER}
    assert {f"step-{step}" if step > 0 else f"under-{-step}" for step in province_grid.PALE} == set(PALE)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["ground", "wash", "caution-wash"])
@pytest.mark.parametrize("text", ["ink", "ink-soft", "link", "caution"])
def test_text_is_readable_on_every_ground(text, ground, scheme):
    assert contrast(colour(text, scheme), colour(ground, scheme)) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_edge_of_a_control_is_seen(scheme):
    assert contrast(colour("rule-strong", scheme), colour("ground", scheme)) >= 3


def test_the_gap_between_marks_has_the_colour_of_the_ground():
    drawing = (SHEET.parent / "charts/drawing.css").read_text()
    assert re.search(r"\.ground\s*\{\s*stroke: var\(--ground\)", drawing)


def test_pictures_that_stand_alone_have_the_colours_of_the_stylesheet():
    light = [DECLARED[name].split(",")[0] for name in [SERIES[-1], *SERIES[:-1], *GREYS[:2]]]
    assert light == primitives.COLOURS


def test_the_stylesheet_keeps_its_rules():
    without_comments = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
    selectors = re.findall(r"(?:^|[{};])([^{};@]+)\{", without_comments)
    assert "!important" not in CSS
    assert not [selector for selector in selectors if "#" in selector]
    assert "//" not in without_comments and "@import" not in CSS and "url(" not in CSS


def test_the_stylesheet_takes_each_component_once_into_a_layer():
    sheet = SHEET.read_text()
    layers = re.findall(r'@import "[^"]+" layer\((\w+)\);', sheet)
    assert len(layers) == sheet.count("@import") == len(set(PARTS))
    assert set(PARTS) == set(SHEET.parent.glob("*/*.css"))
    assert re.search(r"@layer tokens, base, layout, components;", sheet)
    assert list(dict.fromkeys(layers)) == ["tokens", "base", "layout", "components"]


def test_the_stylesheet_is_small_on_the_wire():
    esbuild = [ROOT / "node_modules/.bin/esbuild", SHEET, "--bundle", "--minify"]
    sent = subprocess.run(esbuild, capture_output=True, check=True).stdout
    assert 5_000 < len(brotli.compress(sent)) <= 9_000


def test_the_browser_around_a_page_and_the_icon_have_the_colour_of_the_ground():
    named = re.findall(r'name="theme-color" content="(#\w+)"', (ROOT / "templates/_icons.html").read_text())
    assert ", ".join(named) == DECLARED["ground"]
    assert named[0] == favicons.GROUND
