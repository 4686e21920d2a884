"""The hands of an editor: the same task done with a mouse, or with the keyboard alone, and counted.

A task says what is pressed, written and chosen; the hands do it as a person would and count the clicks or the keys.
What is typed counts once, as one writing, with either: a note is as long with a mouse as without.
"""

from dataclasses import dataclass, field
from datetime import datetime

from playwright.sync_api import Locator, Page

FAR = 150  # more keys to one place are a fault of the page
MESSAGES = """
    document.addEventListener("DOMContentLoaded", () => {
        const all = [...document.querySelectorAll(
            ".messagelist li, .errornote, .errorlist li, [aria-labelledby=faults] tbody tr, " +
            "fieldset.warnings label, [aria-labelledby=questions] legend")];
        if (all.length) window.told(all.map((one) => one.innerText.replace(/\\s+/g, " ").trim()));
    });
"""


@dataclass
class Effort:
    """What a task took: clicks or keys, writings, the pages that were opened, and what the site said."""

    moves: int = 0
    writings: int = 0
    pages: int = 0
    messages: list[str] = field(default_factory=list)

    def add(self, other: "Effort"):
        """What a colleague did of the same task."""
        self.moves += other.moves
        self.writings += other.writings
        self.pages += other.pages
        self.hear(other.messages)

    def hear(self, messages):
        self.messages += [one for one in messages if one and one not in self.messages]


class Hands:
    """What both kinds of hands share. `page` is the page that they work on."""

    def __init__(self, page: Page, effort: Effort):
        self.page, self.effort = page, effort
        page.expose_function("told", effort.hear)
        page.add_init_script(MESSAGES)
        page.on("load", self._count_page)
        page.on("filechooser", lambda chooser: None)  # or the first key may come before the browser is told to ask us

    def _count_page(self, _page):
        self.effort.pages += 1

    def start(self):
        """Count from here, at the first page of the desk."""
        self.page.goto("/admin/")
        self.effort.__init__()

    def told(self, task):
        """What the task took, in a line and a line for each message: "… with the mouse: 12 clicks, …"."""
        effort, what = self.effort, "clicks" if self.name == "mouse" else "keys"
        head = f"{task.removeprefix('test_').replace('_', ' ')}, by {self.name}: {effort.moves} {what}, "
        head += f"{effort.writings} written, {effort.pages} pages, {len(effort.messages)} messages"
        return "\n".join([head, *(f"    {message[:160]}" for message in effort.messages)])

    def link(self, name, stays=False, **options):
        self._lead(self.page.get_by_role("link", name=name, **options).first, stays)

    def button(self, name, stays=False, **options):
        self._lead(self.page.get_by_role("button", name=name, **options).first, stays)

    def follow(self, target: Locator):
        self._lead(target, stays=False)

    def _lead(self, target, stays):
        """Press what leads to another page, and wait for that; a download, and a form that is not whole, stay here."""
        if stays:
            return self.press(target)
        self.page.evaluate("window.isLeft = false")
        self.press(target)
        return self.page.wait_for_function("() => window.isLeft === undefined && document.readyState === 'complete'")

    def tick(self, boxes: Locator):
        """Tick all boxes that are not ticked."""
        for box in boxes.all():
            if not box.is_checked():
                self.press(box)

    def fill(self, label, text, **options):
        fields = self.page.locator("input, textarea")
        self.write(fields.and_(self.page.get_by_label(label, **options)).first, text)

    def select(self, label, option, **options):
        self.choose(self.page.get_by_label(label, **options).first, option)


class Mouse(Hands):
    """Clicks, and types where it has clicked."""

    name = "mouse"

    def press(self, target: Locator):
        self.effort.moves += 1
        target.click()

    def write(self, target: Locator, text: str):
        self.press(target)
        self.effort.writings += 1
        target.fill(text)

    def choose(self, target: Locator, option: str):
        """A list takes two clicks; Chromium without a screen draws none, so that the second is done for it."""
        self.effort.moves += 2
        target.select_option(label=option)

    def choose_one_of_many(self, target: Locator, option: str):
        self.press(target.locator("option", has_text=option).first)

    def attach(self, target: Locator, *files: dict):
        with self.page.expect_file_chooser() as chooser:
            self.press(target)
        chooser.value.set_files(list(files))


class Keyboard(Hands):
    """Walks with Tab from where the focus is, and never touches the mouse."""

    name = "keyboard"

    def press(self, target: Locator):
        kind = target.evaluate("element => element.type === 'radio' ? 'radio' : element.type || element.localName")
        if kind == "radio":
            self._choose_radio(target)
        else:
            self.reach(target)
            self.key("Space" if kind == "checkbox" else "Enter")

    def write(self, target: Locator, text: str):
        self.reach(target)
        self.effort.writings += 1
        if target.get_attribute("type") == "datetime-local":
            self._write_time(text)
            return
        self.key("Control+a")
        self.page.keyboard.insert_text(text) if text else self.page.keyboard.press("Delete")

    def _write_time(self, text):
        """A field of day and hour has six parts, in the order of the browser's own language, English of America."""
        if not text:
            for _part in range(6):
                self.key("Delete")
                self.key("ArrowRight")
            return
        moment = datetime.fromisoformat(text)
        self.page.keyboard.type(f"{moment:%m%d%Y}")
        self.key("ArrowRight")
        self.page.keyboard.type(f"{moment:%I%M%p}")

    def choose(self, target: Locator, option: str):
        """Go through the list with the arrows: what is typed finds an option only while it is typed quickly."""
        self.reach(target)
        self.key("Home")
        for _ in range(FAR):
            if target.locator("option:checked").all_inner_texts() == [option]:
                return
            self.key("ArrowDown")
        raise AssertionError(f"{FAR} keys do not reach {option}")

    choose_one_of_many = choose

    def attach(self, target: Locator, *files: dict):
        self.reach(target)
        with self.page.expect_file_chooser() as chooser:
            self.key("Space")
        chooser.value.set_files(list(files))

    def key(self, name: str):
        self.effort.moves += 1
        self.page.keyboard.press(name)

    def reach(self, target: Locator):
        """Walk to the target, past the head of the page by its link."""
        element = target.element_handle()
        self._skip_head(element)
        self._walk(element.evaluate_handle("element => [element]"), target)

    def _walk(self, group, what):
        """Press Tab, forwards or back, whichever way it lies, until the focus is on one of a group of elements."""
        for _ in range(FAR):
            way = group.evaluate(WAY)
            if way == "here":
                return
            self.key("Shift+Tab" if way == "back" else "Tab")
        raise AssertionError(f"{FAR} keys do not reach {what}")

    def _skip_head(self, element):
        if element.evaluate("element => document.activeElement === document.body && !!element.closest('main')"):
            self.key("Tab")
            if self.page.evaluate("document.activeElement.className === 'skip-to-content-link'"):
                self.key("Enter")

    def _choose_radio(self, target):
        """A group has one stop, at the choice that is made or at its first; arrows move the choice."""
        element = target.element_handle()
        self._walk(element.evaluate_handle(GROUP), target)
        for _ in range(FAR):
            if element.evaluate("element => document.activeElement === element"):
                break
            self.key("ArrowDown")
        if not target.is_checked():
            self.key("Space")


WAY = """group => {
    const at = document.activeElement;
    if (group.includes(at)) return "here";
    if (at === document.body) return "forth";
    return at.compareDocumentPosition(group[0]) & Node.DOCUMENT_POSITION_PRECEDING ? "back" : "forth";
}"""
GROUP = "element => [...element.form.elements].filter((one) => one.name === element.name)"
