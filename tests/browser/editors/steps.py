"""Steps that many tasks of an editor share, done by hands that are counted."""

from playwright.sync_api import expect

PROVINCES = "China–DPRK trade by Chinese province"
BUSY = 120_000  # milliseconds: the worker may have another upload before this one
READ = ".state-refused, .state-asking, .state-staged, .state-failed"


def desk(hands):
    """Go to the first page, which an editor has in the bookmarks."""
    hands.page.goto("/admin/")


def table(hands, name):
    """Open one of the lists that are folded away on the first page."""
    desk(hands)
    hands.press(hands.page.locator("summary", has_text="All tables"))
    hands.follow(hands.page.locator("main details th[scope=row]").get_by_role("link", name=name, exact=True))


def upload(hands, *files, dataset=PROVINCES):
    """Send files from the first page, and wait until they are read; return the state that the page shows."""
    desk(hands)
    hands.link("Upload new figures")
    send(hands, *files, dataset=dataset)
    return hands.page.locator(".state")


def send(hands, *files, dataset=PROVINCES):
    if dataset:
        hands.select("Dataset", dataset)
    hands.attach(hands.page.get_by_label("Files"), *files)
    hands.button("Upload and compare")
    read(hands)


def read(hands):
    hands.page.locator(READ).wait_for(timeout=BUSY)


def warnings(hands):
    return hands.page.locator("fieldset.warnings")


def confirm(hands, note, kind="correction"):
    """Tick what is unusual, choose the type where there is a choice, and write the note."""
    hands.tick(warnings(hands).locator("input[type=checkbox]"))
    if kind:
        hands.press(hands.page.get_by_label(kind, exact=True))
    hands.fill("Note for readers", note)


def publish(hands, note, kind="correction"):
    confirm(hands, note, kind)
    hands.button("Publish as the next release")
    expect(hands.page.locator(".state")).to_have_text("published", timeout=BUSY)


def discard(hands):
    hands.button("Discard this upload")
    expect(hands.page.locator(".state")).to_have_text("discarded")


def newest_release(hands, dataset=PROVINCES):
    """Open the newest release of a dataset from the first page."""
    desk(hands)
    releases = hands.page.get_by_role("region", name="Latest releases")
    hands.follow(releases.get_by_role("link", name=f"{dataset}, release").first)
