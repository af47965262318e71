"""The scene of imports: an account of some chats, and its Owner who imports files into them."""

from collections.abc import Callable, Sequence
from typing import Any

from chalicelib.features.bulk_edits.model import OF_COLUMN
from chalicelib.kernel.errors import Unavailable
from tests.api_client import Answer
from tests.bulk_editing import Office
from tests.scene import Desk
from tests.uploads import put_up

CSV = "text/csv"


class ImportOffice(Office):
    """The office of bulk edits, where files are imported."""

    def begin(self, content: bytes, desk: Desk | None = None) -> Answer:
        """Put a file up and have its beginning read."""
        there = desk or self.browser
        return there.send("POST", "/imports", {"file_id": put_up(there, "import", content, CSV, "leads.csv")})

    def begun(self, content: bytes) -> str:
        """The same; the import's id."""
        answer = self.begin(content)
        assert answer.status == 201, answer.body
        import_id: str = answer.body["import"]["id"]
        return import_id

    def check(self, import_id: str, *fields: str, makes: bool = False, **said: object) -> Answer:
        """Check it: the first column tells the chat, the others go into these fields.

        `makes`: columns among them get the options they lack. `said` is what else the plan has.
        """
        targets = [
            {"column": place, "field": field, "make_options": makes and field.startswith(OF_COLUMN)}
            for place, field in enumerate(fields, start=1)
        ]
        body = {"match_by": "chat_id", "match_column": 0, "targets": targets, **said}
        return self.browser.send("POST", f"/imports/{import_id}/check", body)

    def checked(self, rows: Sequence[Sequence[str]], *fields: str, **said: Any) -> dict[str, Any]:
        """A file of these rows, checked: how it stands."""
        answer = self.check(self.begun(a_file(rows, len(fields))), *fields, **said)
        assert answer.status == 202, answer.body
        checked: dict[str, Any] = answer.body
        return checked

    def imported(self, rows: Sequence[Sequence[str]], *fields: str, **said: Any) -> dict[str, Any]:
        """A file of these rows, checked and written: how it stands."""
        ran: dict[str, Any] = self.run(self.checked(rows, *fields, **said)["id"]).body
        return ran

    def run(self, import_id: str) -> Answer:
        """Have it written."""
        return self.browser.send("POST", f"/imports/{import_id}/run")

    def undo_import(self, import_id: str) -> Answer:
        """Take it back."""
        return self.browser.send("POST", f"/imports/{import_id}/undo")

    def faults(self, import_id: str) -> list[tuple[int, int | None, str]]:
        """Line, column and kind of what is wrong."""
        found = self.browser.get(f"/imports/{import_id}/faults").body["faults"]
        return [(fault["line"], fault["column"], fault["kind"]) for fault in found]

    def import_log(self) -> list[tuple[str, Any]]:
        """Kinds and new values of what the log has of imports, oldest first."""
        entries = self.browser.get("/activity?kind=import").body["entries"]
        return [(entry["kind"], entry["new"]) for entry in reversed(entries)]


def a_file(rows: Sequence[Sequence[str]], fields: int = 1) -> bytes:
    """A CSV of these rows under names of their own."""
    heading = ["key", *(f"f{place}" for place in range(fields))]
    return "\n".join(",".join(row) for row in [heading, *rows]).encode()


def failing_after(calls: int, work: Callable[..., Any]) -> Callable[..., Any]:
    """Work that succeeds so often and then is cut short."""
    left = [calls]

    def done(*args: Any, **options: Any) -> Any:
        if not left[0]:
            raise Unavailable
        left[0] -= 1
        return work(*args, **options)

    return done
