"""Exports of a workspace's activity log, for tests: asked for, worked at, fetched and read."""

import csv
import io
import urllib.error
import urllib.parse
import urllib.request
from datetime import timedelta

from chalicelib import settings
from chalicelib.kernel.csv_cells import CSV_BEGINNING
from chalicelib.table import aws
from chalicelib.table.feeds import SETTLED_S
from tests import people as everybody
from tests.api_client import Answer, ApiClient
from tests.hand_clock import HandClock
from tests.people import Person

SETTLED = timedelta(seconds=SETTLED_S)


class Desk:
    """Exports of Olga's workspace."""

    def __init__(self, api: ApiClient, olga: Person, clock: HandClock) -> None:
        self._api = api
        self._olga = olga
        self._clock = clock
        self.base = f"/workspaces/{olga.workspace_id}/activity"

    def ask(self, by: Person | None = None, /, **filters: str) -> Answer:
        """Have the log exported, up to what happened before this moment."""
        self._clock.advance(timedelta(milliseconds=1))
        return self._api.post(f"{self.base}/exports", filters, (by or self._olga).browser)

    def look(self, export_id: str, by: Person | None = None) -> Answer:
        """How far it has come."""
        return self._api.get(f"{self.base}/exports/{export_id}", (by or self._olga).browser)

    def work(self) -> None:
        """Let time pass until nothing can still be on its way, and due work be done."""
        self._clock.advance(SETTLED)
        while everybody.deliver():
            pass

    def whole(self, **filters: str) -> list[dict[str, str]]:
        """The lines of a fresh export."""
        asked = self.ask(**filters)
        assert asked.status == 202, asked.body
        self.work()
        return lines_of(fetched(self.look(asked.body["id"]).body["link"]))


def fetched(link: str) -> bytes:
    with urllib.request.urlopen(link, timeout=10) as answer:  # noqa: S310
        content: bytes = answer.read()
        return content


def lines_of(content: bytes) -> list[dict[str, str]]:
    """The lines of a file, by column."""
    text = content.decode().removeprefix(CSV_BEGINNING)
    return list(csv.DictReader(io.StringIO(text, newline="")))


def targets(lines: list[dict[str, str]]) -> list[str]:
    """What the notes among them are about."""
    return [line["target"] for line in lines if line["kind"] == "note.changed"]


def kept_keys(beginning: str) -> list[str]:
    """What lies in the bucket under keys that begin so, unfinished uploads included."""
    bucket, storage = settings.current().files_bucket, aws.client("s3")
    whole = storage.list_objects_v2(Bucket=bucket, Prefix=beginning).get("Contents", [])
    unfinished = storage.list_multipart_uploads(Bucket=bucket, Prefix=beginning).get("Uploads", [])
    return [each["Key"] for each in (*whole, *unfinished)]
