"""Logs as JSON lines that may be read by anybody: only listed fields, no numbers, no tokens.

What happened is told by fixed words; the values of a call never enter a log at all. What other
libraries log is cleaned, and of an exception only its kind and its place in the code stay.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from structlog.typing import EventDict, FilteringBoundLogger, WrappedLogger

FIELDS = frozenset(
    {
        *("at", "level", "room", "event", "problem", "error", "place", "places", "worker", "verb"),
        *("carrier", "edition", "directory", "leg", "node", "language", "step", "outcome"),
        *("status", "method", "route", "seconds", "milliseconds", "count"),
    }
)
"""Everything that a line of the log may have."""
_NUMBER = re.compile(r"\+?\d(?:[ ./()-]{0,2}\d){4,}")
_TOKEN = re.compile(r"[A-Za-z0-9_+/=-]{32,}")
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_MOST = 9999
GONE = "…"
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def get(room: str) -> "FilteringBoundLogger":
    """The log of one room of the house."""
    import structlog  # slow to import, and not needed before something is logged

    return cast("FilteringBoundLogger", structlog.get_logger(room=room))


def configure() -> None:
    """Send everything through the allow-list to standard error, one JSON object a line."""
    import structlog

    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%dT%H:%M:%SZ", utc=True, key="at"),
            name_error,
            allow,
            structlog.processors.JSONRenderer(serializer=_serialize),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.BytesLoggerFactory(sys.stderr.buffer),
        cache_logger_on_first_use=False,
    )
    logging.root.handlers = [Foreign()]
    logging.root.setLevel(logging.WARNING)


def name_error(logger: "WrappedLogger", method: str, event: "EventDict") -> "EventDict":
    """Of an exception, keep its kind and where it was raised: its words may hold a number."""
    given = event.pop("exc_info", None)
    raised = sys.exc_info() if given is True else given
    if isinstance(raised, BaseException):
        raised = (type(raised), raised, raised.__traceback__)
    if raised and raised[0]:
        event["error"] = raised[0].__name__
        event["place"] = _place(cast(_ExcInfo, raised))
    return event


def allow(logger: "WrappedLogger", method: str, event: "EventDict") -> "EventDict":
    """Drop every field that is not listed, and clean the others: the last step before writing."""
    return {
        name: value if name == "at" else clean(value)
        for name, value in event.items()
        if name in FIELDS
    }


def clean(value: object) -> object:
    """A value without anything that could be somebody's number or a key to something."""
    match value:
        case bool() | None:
            return value
        case int():
            return value if abs(value) <= _MOST else GONE
        case list() | tuple():
            return [clean(one) for one in value]
        case float():
            return round(value, 3) if abs(value) <= _MOST else GONE
        case _:
            return _NUMBER.sub(GONE, _TOKEN.sub(GONE, _ODD.sub(" ", str(value))))


@contextmanager
def quiet() -> Iterator[None]:
    """Log nothing inside: for a drill in which every error is planted."""
    import structlog

    def drop(logger: object, name: str, event: Any) -> Any:
        raise structlog.DropEvent

    before = structlog.get_config()
    structlog.configure(processors=[drop])
    try:
        yield
    finally:
        structlog.configure(**before)


class Foreign(logging.Handler):
    """Whatever other libraries log, as lines of ours."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record, cleaned. A record that cannot be written is dropped."""
        try:
            more = {name: vars(record)[name] for name in FIELDS & vars(record).keys()}
            log = get(record.name)
            log.log(record.levelno, record.getMessage(), exc_info=record.exc_info, **more)
        except Exception:  # a log line is never worth a call
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # logging's own name
        """Say nothing: the usual report would print the record's values."""


def _place(raised: _ExcInfo) -> str:
    frames = traceback.extract_tb(raised[2])
    ours = [frame for frame in frames if "site-packages" not in frame.filename] or frames
    if not ours:
        return ""
    last = ours[-1]
    return f"{'/'.join(last.filename.split('/')[-2:])}:{last.lineno} {last.name}"


def _serialize(event: dict[str, Any], **_: Any) -> bytes:
    return json.dumps(event, ensure_ascii=False).encode()
