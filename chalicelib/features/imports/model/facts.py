"""What can be wrong with an import, as facts."""

from chalicelib.kernel.errors import Conflict, Invalid, NotFound


class ImportNotFound(NotFound):
    """The workspace has no such import, it was thrown away, or it is somebody else's to prepare."""

    code = "import-not-found"
    title = "There is no such import."


class FileUnreadable(Invalid):
    """It is no CSV, or not in UTF-8 or UTF-16, or too long; `standing` has the `line` where that shows, if one does."""

    code = "import-unreadable"
    title = "This file can't be read as a CSV."

    def __init__(self, detail: str, line: int | None = None) -> None:
        super().__init__(detail, standing={} if line is None else {"line": line})
        self.line = line


class PlanInvalid(Invalid):
    """A column of the file is not there, a field there is not, or one is meant twice; or nothing is to be written."""

    code = "import-plan-invalid"
    title = "This can't be imported like that."


class ImportNotReady(Conflict):
    """It is being checked or written just now, was not checked, or is done; `standing` has its state."""

    code = "import-not-ready"
    title = "This import is not at that point."


class ImportNotUndoable(Conflict):
    """It is not done yet, was taken back already, or was done more than a day ago; `standing` has its state."""

    code = "import-not-undoable"
    title = "This import can't be taken back, or not now."
