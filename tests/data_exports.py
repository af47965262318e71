"""Exports of a workspace's data, for tests: asked for, worked at, fetched and unpacked."""

import csv
import io
from datetime import timedelta
from zipfile import ZipFile

from chalicelib.kernel.ids import WorkspaceId
from tests import people as everybody
from tests.api_client import Answer
from tests.exports import SETTLED, fetched
from tests.hand_clock import HandClock
from tests.scene import Desk, Person

Line = dict[str, str]
MINUTE = timedelta(minutes=1)


def work(clock: HandClock) -> None:
    """Let time pass until nothing can still be on its way, and due work be done."""
    clock.advance(SETTLED)
    while everybody.deliver():
        pass


class Carrier:
    """Somebody who takes their workspace's data away."""

    def __init__(self, person: Person, workspace_id: WorkspaceId, clock: HandClock) -> None:
        self._browser = Desk(person=person, workspace_id=workspace_id)
        self._clock = clock

    def ask(self, *chat_ids: str) -> Answer:
        """Have the data exported as they are at this moment, or some chats alone."""
        self._clock.advance(timedelta(milliseconds=1))
        return self._browser.send("POST", "/exports", {"chat_ids": chat_ids} if chat_ids else {})

    def look(self, export_id: str) -> Answer:
        """How far it has come."""
        return self._browser.get(f"/exports/{export_id}")

    def listed(self) -> list[str]:
        """The ids of theirs, newest first."""
        return [each["id"] for each in self._browser.get("/exports").body["exports"]]

    def whole(self, *chat_ids: str) -> bytes:
        """The zip of a fresh export, or of one of some chats alone, a minute after whatever was exported before."""
        self._clock.advance(MINUTE)
        asked = self.ask(*chat_ids)
        assert asked.status == 202, asked.body
        work(self._clock)
        return fetched(self.look(asked.body["id"]).body["link"])

    def lines(self, file: str) -> list[Line]:
        """What one file of a fresh export has."""
        return unpacked(self.whole())[file]


def unpacked(content: bytes) -> dict[str, list[Line]]:
    """The lines of each file of a zip, by column; that its checksums hold is asserted."""
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name.removesuffix(".csv"): _lines(archive.read(name)) for name in archive.namelist()}


def _lines(content: bytes) -> list[Line]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
