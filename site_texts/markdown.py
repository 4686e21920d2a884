"""Markdown to HTML that a page can hold: no markup of the writer's own, headings below the page's, clean links."""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

PARSER = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
TAGS = {"p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote"}
TAGS |= {"a", "table", "thead", "tbody", "tr", "th", "td"}
CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href", "title"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer",
)


@lru_cache(maxsize=1024)
def render(text: str, below: int = 2) -> SafeString:
    """Turn Markdown into HTML whose headings stand below a heading of level `below`.

    "# Why\\n\\n**Oil**" with below=3 -> "<h4>Why</h4>\\n<p><strong>Oil</strong></p>\\n".
    Tags in the text appear as text; links to anything but http, https, mailto and this site lose their address.
    """
    tokens = PARSER.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + below)}"
    html = PARSER.renderer.render(tokens, PARSER.options, {})
    return mark_safe(CLEANER.clean(html))  # noqa: S308  (cleaned on this line)
