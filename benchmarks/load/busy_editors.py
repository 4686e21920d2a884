"""Two editors who work while readers ask: one publishes 100,000 rows over and over, one saves a question."""

import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

from tests.accounts.page_forms import largest
from tests.browser.site import Site
from tests.outages.editing import Editor

ROWS, CODES, FIRST_YEAR = 100_000, 5_000, 1985  # years that the demonstration does not have
BETWEEN_SAVES, BETWEEN_RELEASES = 3.0, 20.0  # seconds of rest
LONGEST = 300.0  # seconds in which an upload is staged, or published
QUESTION = "/admin/faq/question/"
UNSEEN = 60.0  # seconds after which a save counts as never seen


class Busy(threading.Thread):
    """An editor who does the same thing until told to stop, and notes how long each step took.

    `times` are seconds by step: {"save": [0.31, …], "seen": [0.44, …]}; `faults` is what went wrong, in words.
    """

    def __init__(self, site: Site):
        super().__init__(daemon=True)
        self.site, self.times, self.faults = site, {}, []
        self.stopped = threading.Event()

    def run(self):
        try:
            self.begin()
            number = 0
            while not self.stopped.is_set():
                number += 1
                self.once(number)
        except Exception as fault:  # noqa: BLE001  (told at the end, whatever it was)
            self.faults.append(f"{type(fault).__name__}: {fault}"[:500])

    def stop(self) -> None:
        """Let the editor finish what was begun, and go."""
        self.stopped.set()
        self.join(LONGEST)

    def note(self, step: str, since: float) -> None:
        self.times.setdefault(step, []).append(time.perf_counter() - since)


class Saver(Busy):
    """Saves a question with other words each time, and looks at its public page until they are there."""

    def begin(self):
        self.editor = Editor(self.site)
        listed = self.editor.get(QUESTION)[1]
        self.form = re.search(rf"{QUESTION}\d+/change/", listed)[0]

    def once(self, number):
        fields = largest(self.editor.get(self.form)[1])
        words = f"Edition {number} of the load."
        answer = re.sub(r"\s*Edition \d+ of the load\.", "", fields["answer"][0])
        fields |= {"answer": [f"{answer}\n\n{words}"], "_save": ["Publish"]}
        begun = time.perf_counter()
        page = self._send(fields)
        self.note("save", begun)
        if "errornote" in page:
            self.faults.append(f"the form was refused: {page[:500]}")
        self._until_seen(f"/questions/{fields['slug'][0]}/", words)
        self.stopped.wait(BETWEEN_SAVES)

    def _send(self, fields):
        """Send the form, and wait for the page that it leads to."""
        address, body = self.site.address + self.form, urllib.parse.urlencode(fields, doseq=True).encode()
        request = urllib.request.Request(address, body, {"Origin": self.site.address})
        with self.editor.browser.open(request, timeout=60) as answer:
            return answer.read().decode()

    def _until_seen(self, address, words):
        begun = time.perf_counter()
        while not self._is_seen(address, words):
            if time.perf_counter() - begun > UNSEEN:
                self.faults.append(f"“{words}” was not seen within {UNSEEN:.0f} s")
                return
            time.sleep(0.05)
        self.note("seen by readers", begun)

    def _is_seen(self, address, words):
        try:
            with urllib.request.urlopen(self.site.address + address, timeout=30) as answer:
                return words in answer.read().decode()
        except urllib.error.HTTPError as refused:
            self.faults.append(f"{address}: {refused.code}")
            return False


class Publisher(Busy):
    """Uploads 100,000 rows, each time with other values, and publishes them as the next release."""

    def begin(self):
        self.editor = Editor(self.site)
        listed = self.site.manage("shell", "-c", NAME_CODES)
        self.codes = listed.split()[-CODES:]

    def once(self, number):
        begun = time.perf_counter()
        upload, answer = self.editor.upload("china-commodities", self.rows(number))
        self.note("upload received", begun)
        if not upload:
            raise RuntimeError(f"the upload was refused: {answer}")
        self._until(upload, "staged")
        self.note("staged", begun)
        begun = time.perf_counter()
        self.editor.publish(upload, note=f"The load’s release {number}.")
        self._until(upload, "published")
        self.note("published", begun)
        self.stopped.wait(BETWEEN_RELEASES)

    def rows(self, number: int) -> bytes:
        """Write 5,000 codes × 2 flows × 10 years; all values differ from those of the last number."""
        lines = ["code,year,flow,reported_usd"]
        for place, code in enumerate(self.codes):
            for year in range(FIRST_YEAR, FIRST_YEAR + ROWS // CODES // 2):
                value = 100_000 + place * 7 + year + number
                lines += [f"{code},{year},to_dprk,{value}", f"{code},{year},from_dprk,{value + 1}"]
        return "\n".join([*lines, ""]).encode()

    def _until(self, upload, state):
        end = time.perf_counter() + LONGEST
        while (found := self.editor.state(upload)) != state:
            if time.perf_counter() > end or found in ("refused", "failed", "asking"):
                raise RuntimeError(f"the upload came to “{found}”, not to “{state}”")
            time.sleep(0.5)


NAME_CODES = """
from trade.models import Commodity
print(*sorted(Commodity.objects.filter(code__regex=r"^\\d{6}$").values_list("code", flat=True)))
"""
