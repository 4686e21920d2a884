"""The queue between the threads that answer, which are to lose little time, and the one that writes and counts."""

import threading
from collections import deque
from collections.abc import Callable, Iterable
from multiprocessing.util import Finalize

from web.observed import answer_facts
from web.observed.answer_facts import Answer

EVERY = 0.25  # seconds between two looks into the queue
MOST = 100_000  # notes that wait where the log takes no more lines; the oldest are dropped


class NotedAnswers:
    """Takes notes by `note`, and hands them to its readers, many at once."""

    def __init__(self):
        self._notes, self._readers, self._one = deque(maxlen=MOST), (), threading.Lock()
        self.note = self._notes.append

    def start(self, readers: Iterable[Callable[[list[Answer]], object]]) -> None:
        """Hand notes on to the readers four times a second, and a last time when the process ends."""
        self._readers = tuple(readers)
        threading.Thread(target=self._again_and_again, name="noted answers", daemon=True).start()
        Finalize(None, self.hand_on, exitpriority=1)  # atexit knows nothing of the processes that granian starts

    def hand_on(self) -> None:
        """Hand on what has been noted by now; one thread at a time, so that lines keep their order."""
        with self._one:
            found = answer_facts.of([self._notes.popleft() for _ in range(len(self._notes))])
            for read in self._readers:
                read(found)

    def _again_and_again(self):
        pause = threading.Event()
        while not pause.wait(EVERY):
            self.hand_on()
