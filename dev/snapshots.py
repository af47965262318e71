"""Snapshots of local AWS, Telegram emulator and local Stripe, taken together: they come back from the same moment."""

import asyncio
import shutil
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp

EVERY_S = 15.0
WITHIN_S = 10.0
_KEPT = 2
_CURRENT = "current"


class Generations:
    """A folder of snapshots, each in a folder of its own, and a pointer to the one that counts.

    The pointer is replaced atomically and only once a snapshot is whole, so a kill at any moment leaves a whole one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def current(self) -> Path | None:
        """The newest whole snapshot."""
        try:
            folder = self._folder / (self._folder / _CURRENT).read_text().strip()
        except FileNotFoundError:
            return None
        return folder if folder.is_dir() else None

    def begin(self) -> Path:
        """An empty folder for the next snapshot; whatever an interrupted one left there is removed."""
        current = self.current()
        number = int(current.name) + 1 if current else 1
        folder = self._folder / f"{number:08}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def commit(self, folder: Path) -> None:
        """Make a whole snapshot the one that counts, and drop all but the last two."""
        new = self._folder / f"{_CURRENT}.new"
        new.write_text(folder.name)
        new.replace(self._folder / _CURRENT)
        for old in sorted(each for each in self._folder.iterdir() if each.is_dir())[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)


class SnapshotFailed(Exception):
    """One of them could not save; the snapshot before it still counts."""


class Snapshots:
    """Takes snapshots: Telegram and Stripe stand still while all write. `controls`: their doors, by name."""

    def __init__(self, generations: Generations, *, aws_endpoint: str, controls: Mapping[str, str]) -> None:
        self._generations = generations
        self._aws_endpoint = aws_endpoint
        self._controls = controls
        self._turn = asyncio.Lock()

    async def take(self) -> None:
        """Write one snapshot of all and make it count.

        Raises:
            SnapshotFailed: the previous one still counts; those that stood still were let go on.
        """
        async with self._turn, aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=WITHIN_S)) as session:
            folder = self._generations.begin()
            try:
                await self._write(session, folder)
            except (aiohttp.ClientError, TimeoutError) as trouble:
                raise SnapshotFailed(str(trouble) or type(trouble).__name__) from trouble
            self._generations.commit(folder)

    async def _write(self, session: aiohttp.ClientSession, folder: Path) -> None:
        async with AsyncExitStack() as still:
            for control in self._controls.values():
                await _post(session, f"{control}/freeze", {})
                still.push_async_callback(_post, session, f"{control}/thaw", {})
            await _post(session, f"{self._aws_endpoint}/_wireroom/snapshot", {"folder": str(folder)})
            for name, control in self._controls.items():
                await _post(session, f"{control}/snapshot", {"file": str(folder / state_file(name))})

    async def keep_taking(self, say: Callable[[str], None]) -> None:
        """One every 15 s until cancelled. A trouble is told when it begins and when it ends."""
        failing = False
        while True:
            await asyncio.sleep(EVERY_S)
            try:
                await self.take()
            except SnapshotFailed as trouble:
                if not failing:
                    say(f"Can't save the local data at the moment: {trouble}")
                failing = True
            else:
                if failing:
                    say("Saving the local data works again.")
                failing = False


def state_file(name: str) -> str:
    """What a stand-in's part of a snapshot is called."""
    return f"{name}.json"


async def _post(session: aiohttp.ClientSession, address: str, body: dict[str, str]) -> None:
    async with session.post(address, json=body) as answered:
        if answered.status >= 300:
            raise SnapshotFailed(f"{address} answered {answered.status}: {(await answered.text())[:200]}")
