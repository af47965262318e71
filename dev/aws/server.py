"""ministack on loopback with one more door, POST /_wireroom/snapshot; run by the interpreter of .venv-aws.

ministack saves its state only when it stops, and its objects at once, so a kill would leave tables and objects of
different moments. Here both are written together, into a folder of the caller's choice. That uses two private names
of ministack, which is pinned; tests/dev/test_snapshots.py fails when they change.
"""

import argparse
import asyncio
import json
import os
import shutil
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

SNAPSHOT_PATH = "/_wireroom/snapshot"
MAIL_STATE = "sent_mail"


def main() -> None:
    """Serve until SIGTERM or SIGINT, or until standard input ends when `--with-parent` is given."""
    arguments = _arguments()
    _configure(arguments.port, arguments.region, arguments.state, arguments.live)
    stop = asyncio.Event()
    asyncio.run(_serve(arguments.port, arguments.live, stop, with_parent=arguments.with_parent))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--region", default="eu-central-1")
    parser.add_argument("--live", type=Path, help="where objects lie while this runs; without it nothing is kept")
    parser.add_argument("--state", type=Path, help="a snapshot's folder to begin from")
    parser.add_argument("--with-parent", action="store_true", help="stop when standard input ends")
    return parser.parse_args()


def _configure(port: int, region: str, state: Path | None, live: Path | None) -> None:
    """Set what ministack reads from its environment while it is imported."""
    os.environ |= {
        "AUTH": "true",
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "MINISTACK_REGION": region,
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
    }
    if live is None:
        return
    shutil.rmtree(live, ignore_errors=True)
    if state is not None and (state / "s3").is_dir():
        _link_tree(state / "s3", live)
    live.mkdir(parents=True, exist_ok=True)
    os.environ |= {"S3_PERSIST": "1", "S3_DATA_DIR": str(live), "PERSIST_STATE": "1"}
    os.environ["STATE_DIR"] = str(state / "state") if state else str(live.parent / "none")


async def _serve(port: int, live: Path | None, stop: asyncio.Event, *, with_parent: bool) -> None:
    from hypercorn.asyncio import serve  # type: ignore[import-not-found]  # lives in .venv-aws
    from hypercorn.config import Config  # type: ignore[import-not-found]

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if with_parent:
        threading.Thread(target=_await_parent, args=(loop, stop), daemon=True).start()
    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 1
    config.loglevel = os.environ["LOG_LEVEL"]
    await serve(_Application(live), config, shutdown_trigger=stop.wait)


def _await_parent(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    sys.stdin.buffer.read()
    loop.call_soon_threadsafe(stop.set)


class _Application:
    """ministack's ASGI application behind the snapshot door."""

    def __init__(self, live: Path | None) -> None:
        from ministack import app

        self._ministack = app
        self._live = live

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == SNAPSHOT_PATH:
            await self._answer_snapshot(receive, send)
        elif scope["type"] == "lifespan":
            await self._ministack.app(scope, receive, self._after_start(send))
        else:
            await self._ministack.app(scope, receive, send)

    def _after_start(self, send: Send) -> Send:
        """Once started, forbid ministack's own save at the end: it would overwrite the snapshot it began from."""

        async def forward(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "lifespan.startup.complete" and self._live is not None:
                _restore_mail()
                self._ministack.PERSIST_STATE = False
            await send(message)

        return forward

    async def _answer_snapshot(self, receive: Receive, send: Send) -> None:
        body = (await receive()).get("body", b"")
        status, problem = 204, b""
        try:
            self._save(Path(json.loads(body)["folder"]))
        except (OSError, ValueError, KeyError, _NotKept) as trouble:
            status, problem = 500, repr(trouble).encode()
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": problem})

    def _save(self, folder: Path) -> None:
        """Write the whole state into an empty folder. It holds the loop, so that nothing changes meanwhile."""
        from ministack.core import persistence

        if self._live is None:
            raise _NotKept("started without --live")
        services = self._ministack._build_persistence_save_dict() | {MAIL_STATE: _mail}
        persistence.STATE_DIR = str(folder / "state")
        persistence.save_all(services)
        expected = {name for name, state_of in services.items() if state_of() is not None}
        if missing := expected - {path.stem for path in (folder / "state").glob("*.json")}:
            raise _NotKept(f"could not save {sorted(missing)}")
        _link_tree(self._live, folder / "s3")


class _NotKept(Exception):
    """A snapshot is not whole; its folder must not be used."""


def _mail() -> dict[str, Any]:
    from ministack.services import ses

    return {"sent": ses._sent_emails}


def _restore_mail() -> None:
    from ministack.core import persistence
    from ministack.services import ses

    if saved := persistence.load_state(MAIL_STATE):
        ses._sent_emails._data.update(saved["sent"]._data)


def _link_tree(source: Path, target: Path) -> None:
    """Copy a tree of objects as hard links: ministack replaces its files and never writes into one."""
    shutil.copytree(source, target, copy_function=os.link, ignore=shutil.ignore_patterns("*.tmp"))


if __name__ == "__main__":
    main()
