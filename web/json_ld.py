"""Writes what the head of a page says to machines, in schema.org's words, as JSON-LD that no browser runs."""

import json

from django.utils.html import format_html
from django.utils.safestring import SafeString

from web import site_address

ADDRESSES = ("@id", "url", "contentUrl", "isPartOf", "documentation")
# What would end the script element or begin another, as JSON may write it too.
INERT = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def data_block(context, described: dict) -> str:
    """Write JSON-LD into a script element that no browser runs: the security policy lets such data pass."""
    text = json.dumps(_with_whole_addresses(context, described), ensure_ascii=False).translate(INERT)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))


def _with_whole_addresses(context, part, name=""):
    if isinstance(part, dict):
        return {key: _with_whole_addresses(context, value, key) for key, value in part.items()}
    if isinstance(part, list):
        return [_with_whole_addresses(context, value, name) for value in part]
    return whole_address(context, part) if name in ADDRESSES and isinstance(part, str) else part


def whole_address(context, address: str) -> str:
    """Write an address of this site as a whole one: "/data/" -> "https://…/data/"."""
    request = context.get("request")
    return site_address.whole(request, address) if request else address


def work(name: str, url: str) -> dict:
    """Describe a source or a licence by its name, and its address if it has one."""
    return {"@type": "CreativeWork", "name": name} | ({"url": url} if url else {})


def organization(name: str) -> dict:
    """Describe whoever publishes, reports or adopts."""
    return {"@type": "Organization", "name": name}
