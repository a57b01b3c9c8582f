"""The wish to stop, as a signal left it.

Handlers only note the wish: an exception out of a handler could strike between the start of a
process and the note that it exists, and the process would stay behind.
"""

import signal
import time
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):  # noqa: N818 - a wish, not an error
    """Raised where a wait is cut short because somebody asked to stop."""


class Wish:
    """Whether to stop; a second signal asks to stop at once."""

    def __init__(self) -> None:
        self.count = 0

    def listen(self) -> None:
        for number in SIGNALS:
            signal.signal(number, self._note)

    @property
    def stop(self) -> bool:
        return self.count > 0

    @property
    def urgent(self) -> bool:
        return self.count > 1

    def pause(self, seconds: float) -> None:
        """Sleep, but no longer than until somebody asks to stop; then raise Stopped."""
        end = time.monotonic() + seconds
        while not self.stop and time.monotonic() < end:
            time.sleep(min(0.05, seconds))
        if self.stop:
            raise Stopped

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.count += 1
