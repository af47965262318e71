"""Serves the Chalice app from threads, as API Gateway and Lambda do in the cloud; run as `python -m dev.api_server`."""

import importlib
import signal
import sys
import threading
import uuid
from collections.abc import Callable
from http.server import ThreadingHTTPServer
from typing import Any

from chalice.config import Config
from chalice.local import ChaliceRequestHandler, ForbiddenError, LocalDevServer, LocalGatewayException

from chalicelib import settings
from chalicelib.edge import problem
from chalicelib.edge.chalice_app import SafeChalice
from chalicelib.kernel.errors import Fact
from chalicelib.kernel.problems import NoSuchRoute
from dev.settings import LOOPBACK, ROOT

MAX_BODY_BYTES = 6_000_000
"""Lambda takes no larger request. Source: Lambda quotas, invocation payload."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


class _Handler(ChaliceRequestHandler):
    """Chalice's local handler with whole packets, a bounded body and refusals as problem documents."""

    wbufsize = -1
    """Head and body in one packet: sent apart, each answer waits 40 ms for a delayed acknowledgement."""
    timeout = 75

    def _parse_payload(self) -> tuple[dict[str, str], bytes | None]:
        length = self.headers.get("content-length", "0")
        if not (length.isascii() and length.isdecimal()) or int(length) > MAX_BODY_BYTES:
            self.close_connection = True
            raise _TooLarge({})
        return super()._parse_payload()

    def _generic_handle(self) -> None:
        try:
            super()._generic_handle()
        except _TooLarge as refusal:
            self._send_error_response(refusal)

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = do_PATCH = do_OPTIONS = _generic_handle  # noqa: N815

    def _send_error_response(self, error: LocalGatewayException) -> None:
        match error:
            case _TooLarge():
                self._send_problem(problem.BodyTooLarge())
            case ForbiddenError():
                self._send_problem(NoSuchRoute())
            case _:
                super()._send_error_response(error)

    def _send_problem(self, fact: Fact) -> None:
        document = problem.document(fact, origin=settings.current().public_origin, request_id=str(uuid.uuid4()))
        headers = {"Content-Type": problem.MEDIA_TYPE}
        self._send_http_response_with_body(problem.status_of(fact), headers, problem.to_json(document))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing: the app logs each request itself, with its fields."""


def serve(app: SafeChalice, port: int, announce: Callable[[LocalDevServer], None]) -> None:
    """Answer requests on loopback until the server that `announce` was given is shut down."""
    config = Config.create(project_dir=str(ROOT), chalice_stage="local")
    server = LocalDevServer(app, config, LOOPBACK, port, handler_cls=_Handler, server_cls=_Server)
    announce(server)
    server.server.serve_forever(poll_interval=0.1)
    server.server.server_close()


def main() -> None:
    """Serve `app.app` until SIGTERM."""

    def stop_on_signals(server: LocalDevServer) -> None:
        def stop(*_: Any) -> None:
            # From another thread, as shutdown() waits for the loop this signal interrupted.
            threading.Thread(target=server.shutdown).start()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)

    serve(importlib.import_module("app").app, int(sys.argv[1]), stop_on_signals)


class _TooLarge(LocalGatewayException):
    """The body is larger than Lambda takes."""


if __name__ == "__main__":
    main()
