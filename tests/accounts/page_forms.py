"""The forms of a page as a browser would send them: whole, with what the page filled in."""

from html.parser import HTMLParser


class Forms(HTMLParser):
    """Collect the forms of a page: [({"method": "post", "id": …}, {"question": ["Why?"], …}), …]."""

    def __init__(self, page: str):
        super().__init__()
        self.forms, self.select, self.area = [], None, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.forms.append((given, {}))
        elif tag == "select":
            self.select = given.get("name")
        elif tag == "option" and self.select and "selected" in given:
            self._take(self.select, given.get("value", ""))
        elif tag == "textarea":
            self.area = given.get("name")
            self._take(self.area, "")
        elif tag == "input" and given.get("name"):
            self._input(given)

    def _input(self, given):
        kind = given.get("type", "text")
        if kind in ("checkbox", "radio") and "checked" not in given or kind in ("submit", "file", "button"):
            return
        self._take(given["name"], given.get("value", "on" if kind == "checkbox" else ""))

    def handle_data(self, text):
        if self.area:
            self.forms[-1][1][self.area][-1] += text

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._without_first_line_break()
            self.area = None
        elif tag == "select":
            self.select = None

    def _without_first_line_break(self):
        values = self.forms[-1][1][self.area]
        values[-1] = values[-1].removeprefix("\n")

    def _take(self, name, value):
        if self.forms:
            self.forms[-1][1].setdefault(name, []).append(value or "")


def largest(page: str) -> dict[str, list[str]]:
    """The form of a page that sends most fields by POST."""
    posted = [fields for given, fields in Forms(page).forms if given.get("method", "").lower() == "post"]
    return max(posted, key=len)
