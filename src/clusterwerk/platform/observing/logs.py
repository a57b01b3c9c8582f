"""Lines of the log: for a person to read, or one JSON object each (CLUSTERWERK_LOG=json)."""

import json
import logging
import re
from datetime import UTC, datetime
from types import TracebackType

from clusterwerk.platform.observing import numbers

# PostgreSQL repeats the values of a row that a constraint refused: addresses, names, amounts.
ROW_VALUES = re.compile(r"\n[^\S\n]*(?:DETAIL|CONTEXT):[^\n]*")

ErrorInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class LineFormatter(logging.Formatter):
    """Time, level, name and message, then the traceback without values of rows."""

    def formatException(self, ei: ErrorInfo) -> str:  # noqa: N802 - as logging calls it
        return ROW_VALUES.sub("", super().formatException(ei))


class JsonFormatter(LineFormatter):
    """The same as one object a line: at, level, logger, message; request, figures and trace if any.

    Figures are what the caller gives as `extra={"figures": {...}}`.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if numbers.number():
            line["request"] = numbers.number()
        line |= getattr(record, "figures", {})
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)
