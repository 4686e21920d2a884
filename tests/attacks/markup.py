"""What a browser would make of an answer: its elements, its links, whatever in it could run."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

LINKS = (
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "background",
    "cite",
    "xlink:href",
    "ping",
)
RUN = ("javascript:", "vbscript:", "data:", "blob:", "filesystem:")
MARK = "xss-mark"  # the name of the element that payloads try to make, and of the attribute
BLOCKS = ("application/ld+json", "application/json")  # data in a script element, which no browser runs


class Element(NamedTuple):
    name: str
    attributes: dict[str, str]
    text: str


def elements(page: str) -> Iterator[Element]:
    """The elements of a page of HTML, as a browser would build them."""
    for node in LexborHTMLParser(page).root.traverse(include_text=False):
        given = {name.lower(): value or "" for name, value in node.attributes.items()}
        yield Element(node.tag.lower(), given, node.text(deep=False) if node.tag in ("script", "style") else "")


def parts_of_xml(text: str) -> Iterator[Element]:
    """The elements of an SVG, a feed or a sitemap, which must be well formed; of a feed also those of its HTML."""
    for node in ET.fromstring(text).iter():
        given = {re.sub(r"^\{.*\}", "", name).lower(): value for name, value in node.attrib.items()}
        yield Element(re.sub(r"^\{.*\}", "", str(node.tag)).lower(), given, node.text or "")
        if given.get("type") == "html":
            yield from elements(node.text or "")


def links(found: list[Element]) -> list[str]:
    """Whatever of a page leads somewhere, also by itself (<meta http-equiv=refresh>)."""
    led = [value for element in found for name, value in element.attributes.items() if name in LINKS]
    metas = [element.attributes for element in found if element.name == "meta" and "http-equiv" in element.attributes]
    return led + [
        given.get("content", "").lower().partition("url=")[2] for given in metas if "url=" in str(given).lower()
    ]


def what_runs(found: list[Element]) -> list[str]:
    """What of a page is not the site's own words: elements and attributes of a payload, handlers, scripts within."""
    wrong = []
    for element in found:
        wrong += [f"<{element.name}>"] * (MARK in element.name or element.name in ("object", "applet"))
        wrong += ["base href"] * (element.name == "base" and "href" in element.attributes)
        wrong += [f"{element.name} {name}" for name in element.attributes if name.startswith("on") or MARK in name]
        wrong += [f"{element.name} style"] * (MARK in element.attributes.get("style", ""))
        wrong += [f"{element.name} srcdoc"] * ("srcdoc" in element.attributes)
        if element.name == "script" and "src" not in element.attributes:
            wrong += _in_script(element)
    return wrong + [link for link in links(found) if re.sub(r"[\x00-\x20]", "", link).lower().startswith(RUN)]


def _in_script(element):
    """A script within a page may only be data, and must be readable as such."""
    if element.attributes.get("type") not in BLOCKS:
        return [f"script: {element.text[:80]}"]
    json.loads(element.text)
    return []
