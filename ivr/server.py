"""How gunicorn serves the line: `ivr serve`, or `gunicorn -c python:ivr.server`.

The figures are those that measured best for short webhooks: threads for waiting, processes for
cores, the application loaded once before they part. The host's own names PORT and
WEB_CONCURRENCY set the port and the number of processes.
"""

import gc
import logging
import os
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

from ivr import logs

wsgi_app = "ivr.app:create_app()"
bind = f"0.0.0.0:{os.environ['PORT']}" if "PORT" in os.environ else "127.0.0.1:8000"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2 * (os.cpu_count() or 1))
worker_class = "gthread"
threads = 8
preload_app = True
worker_connections = 1000
backlog = 2048
keepalive = 75  # seconds: longer than a proxy keeps its own connections
timeout = 30
graceful_timeout = 15  # the seconds within which a carrier wants its answer
limit_request_line = 4094
limit_request_fields = 64
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  # heartbeats only
accesslog = None  # an address holds a call's sealed state


class Log(Logger):
    """What the server itself says, in the line's own log."""

    def setup(self, cfg: Any) -> None:
        """Hand everything to the allow-list; the usual lines name addresses."""
        super().setup(cfg)
        self.error_log.handlers = [logs.Foreign()]
        self.error_log.propagate = False
        self.error_log.setLevel(logging.WARNING)


logger_class = Log


def on_starting(server: Any) -> None:
    """Set the log up before the application is loaded."""
    logs.configure()


def when_ready(server: Any) -> None:
    """Leave what is loaded out of every later collection: so it stays shared with the workers."""
    gc.collect()
    gc.freeze()


def post_worker_init(worker: Any) -> None:
    """Start the upkeep in each worker: threads do not follow a fork."""
    worker.wsgi.extensions["line"].start()


def worker_exit(server: Any, worker: Any) -> None:
    """Write down what this worker has counted."""
    if hasattr(worker, "wsgi"):
        worker.wsgi.extensions["line"].stop()
