"""ministack on loopback with two more doors; run by the interpreter of .venv-aws.

`POST /_wireroom/snapshot`: ministack saves its state only when it stops, and its objects at once, so a kill would leave
tables and objects of different moments. Here both are written together, into a folder of the caller's choice.
`GET /_wireroom/letters?to=` gives the mail of one address, where ministack's own door gives everybody's.
The doors use private names of ministack, which is pinned; tests/dev/test_snapshots.py fails when they change.
"""

import argparse
import json
import os
import shutil
import signal
import sys
import threading
import urllib.parse
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

SNAPSHOT_PATH = "/_wireroom/snapshot"
LETTERS_PATH = "/_wireroom/letters"
MAIL_STATE = "sent_mail"


def main() -> None:
    """Serve until SIGTERM or SIGINT, or until standard input ends when `--with-parent` is given."""
    arguments = _arguments()
    _configure(arguments.port, arguments.region, arguments.state, arguments.live)
    import uvloop

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)  # uvicorn raises again what ended it, once it has ended well
    uvloop.run(_serve(arguments.port, arguments.live, with_parent=arguments.with_parent))


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


async def _serve(port: int, live: Path | None, *, with_parent: bool) -> None:
    """Until told to stop. uvicorn's C parser takes a third of the time that ministack's own Hypercorn does."""
    import uvicorn  # type: ignore[import-not-found]  # lives in .venv-aws

    config = uvicorn.Config(
        _Application(live),
        port=port,
        ws="none",
        proxy_headers=False,
        access_log=False,
        date_header=False,
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
        log_level=os.environ["LOG_LEVEL"].lower(),
    )
    server = uvicorn.Server(config)
    if with_parent:
        threading.Thread(target=_await_parent, args=(server,), daemon=True).start()
    await server.serve()


def _await_parent(server: Any) -> None:
    sys.stdin.buffer.read()
    server.should_exit = True


class _Application:
    """ministack's ASGI application behind our doors."""

    def __init__(self, live: Path | None) -> None:
        from ministack import app

        self._ministack = app
        self._live = live

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == SNAPSHOT_PATH:
            await self._answer_snapshot(receive, send)
        elif scope["type"] == "http" and scope["path"] == LETTERS_PATH:
            [to] = urllib.parse.parse_qs(scope["query_string"].decode())["to"]
            await _answer(send, 200, json.dumps(_letters_to(to)).encode())
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
        await _answer(send, status, problem)

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


async def _answer(send: Send, status: int, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": body})


class _NotKept(Exception):
    """A snapshot is not whole; its folder must not be used."""


def _mail() -> dict[str, Any]:
    from ministack.services import ses

    return {"sent": ses._sent_emails}


def _letters_to(address: str) -> list[dict[str, Any]]:
    """What was sent to an address, oldest first, as SES took it."""
    from ministack.services import ses

    sent = (letter for letters in ses._sent_emails.to_dict().values() for letter in letters)
    return [letter for letter in sent if address in letter["To"]]


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
