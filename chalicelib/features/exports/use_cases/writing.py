"""Writing an export turn by turn, as the member who asked for it sees the workspace at that moment.

In memory are a page of what is read, one line of a file, and what is no whole part of the zip yet (5 MB and a line):
how large the workspace is makes no difference.
"""

import time
from dataclasses import replace

from chalicelib.adapters import files, growing_files
from chalicelib.adapters.files import PartReplaced
from chalicelib.adapters.growing_files import GrowingFile
from chalicelib.features.exports.model import (
    MAX_BYTES,
    MAX_LINES,
    TURN_FOR,
    ZIP_TYPE,
    DataExport,
    ExportedFile,
    Layout,
    Place,
)
from chalicelib.features.exports.repository import DataExports
from chalicelib.features.exports.use_cases.contents import Contents
from chalicelib.features.exports.use_cases.requesting import remove_export, schedule_removal
from chalicelib.features.exports.zipping import Archive, ZipWriter
from chalicelib.features.fields import use_cases as fields
from chalicelib.features.notifications import use_cases as notifications
from chalicelib.features.notifications.model import About, AboutKind, Notice, NoticeKind
from chalicelib.features.tickets import use_cases as tickets
from chalicelib.kernel.csv_cells import CSV_BEGINNING, Cell, csv_lines
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.growth import Growth
from chalicelib.kernel.ids import ExportId, UserId
from chalicelib.kernel.permissions import Action
from chalicelib.table import proof
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ChangedMeanwhile


def write_export(user_id: UserId, export_id: ExportId, *, tenant: Tenant) -> bool:
    """Carry an export on for TURN_FOR; returns whether that was the end of it.

    How far it came is kept at the end of the turn: whoever takes over from somebody who died goes on from there. Where
    both were at it at once it is written anew in the end. When who asked may not export any more, or has left, or the
    workspace is being deleted, the export is removed. Cost: what is in it is read once, in pages; two calls to S3 and
    one more for each 5 MB of the zip; three reads and a write.

    Raises:
        ChangedMeanwhile: somebody else carries it on; what they did stands.
    """
    export = DataExports(tenant).get(user_id, export_id)
    if export is None or export.done_at is not None:
        return True
    sight = _sight_of(user_id, tenant)
    if sight is None:
        remove_export(user_id, export_id, tenant=tenant)
        return True
    if export.growth is None:
        export = _begin(export, sight)
    turn, ends_s = _Turn(export, sight), time.monotonic() + TURN_FOR.total_seconds()
    while not turn.is_last_page():
        if time.monotonic() >= ends_s:
            turn.pause()
            return False
    return turn.finish()


def _sight_of(user_id: UserId, job: Tenant) -> Tenant | None:
    """The job's handle with what the member may see; None where they may not export."""
    try:
        sight = proof.standing_in(job, user_id)
    except NotFound:
        return None
    return sight if sight.may(Action.EXPORT_DATA) else None


class _Turn:
    """One turn at an export."""

    def __init__(self, export: DataExport, tenant: Tenant) -> None:
        self._before = export
        self._tenant = tenant
        self._zip = ZipWriter(export.archive, export.asked_at)
        self._file = GrowingFile(_folder(tenant), export.file_key, _growth(export), ZIP_TYPE)
        self._contents = Contents(export, tenant)
        self._place = export.place
        self._lines = dict(export.lines)

    def is_last_page(self) -> bool:
        """Write the next page of what is to be read; whether nothing comes behind it."""
        file = self._place.file
        if file is None:
            return True
        if self._is_theirs(file):
            self._write_page(file)
        else:
            self._place = self._before.behind(file)
        return self._place.file is None

    def pause(self) -> None:
        """Keep how far it has come.

        Raises:
            ChangedMeanwhile: somebody else carries it on.
        """
        self._zip.pause()
        self._store()
        _keep(self._before, self._moved(self._file.paused()), self._tenant)

    def finish(self) -> bool:
        """Make the zip of what was stored, and tell who asked for it. Raises as `pause`.

        False where it is written anew: two carried it on at once, and parts of both lie there now.
        """
        self._zip.close()
        self._store()
        try:
            growth = self._file.finished()
        except PartReplaced:
            _begin(self._before, self._tenant)
            growing_files.aborted(_folder(self._tenant), self._before.file_key, _growth(self._before))
            return False
        after = replace(self._moved(growth), done_at=self._tenant.now())
        with self._tenant.transaction() as change:
            DataExports(self._tenant).finish(change, self._before, after)
            schedule_removal(change, after, tenant=self._tenant)
            about = About(kind=AboutKind.WORKSPACE, id=self._tenant.workspace_id)
            notice = Notice(kind=NoticeKind.EXPORT_FINISHED, to=after.asked_by, about=about)
            notifications.announce(change, notice, tenant=self._tenant)
            change.record("data.exported", target=after.id, new={file.value: n for file, n in after.lines.items()})
        return True

    def _is_theirs(self, file: ExportedFile) -> bool:
        """The activity log leaves with those alone who may export it by itself."""
        return file is not ExportedFile.ACTIVITY or self._tenant.may(Action.EXPORT_ACTIVITY)

    def _write_page(self, file: ExportedFile) -> None:
        if not self._zip.is_open:
            self._open(file)
            self._lines.setdefault(file, 0)
        page = self._contents.page(file, self._place.cursor)
        for line in page.lines:
            self._write(file, line)
        if page.cursor is None:
            self._zip.end()
            self._place = self._before.behind(file)
        else:
            self._place = replace(self._place, cursor=page.cursor)
        self._store()

    def _write(self, file: ExportedFile, line: list[Cell]) -> None:
        if self._place.open_lines == MAX_LINES or self._zip.open_size >= MAX_BYTES:
            self._zip.end()
            self._place = replace(self._place, number=self._place.number + 1, open_lines=0)
            self._open(file)
        self._zip.add(csv_lines([line]))
        self._place = replace(self._place, open_lines=self._place.open_lines + 1)
        self._lines[file] += 1
        self._store()

    def _open(self, file: ExportedFile) -> None:
        self._zip.begin(file.csv_name(self._place.number))
        self._zip.add(CSV_BEGINNING.encode() + csv_lines([self._contents.heading(file)]))

    def _store(self) -> None:
        self._file.add(self._zip.taken())

    def _moved(self, growth: Growth) -> DataExport:
        return replace(
            self._before,
            turn=self._before.turn + 1,
            growth=growth,
            archive=self._zip.archive,
            place=self._place,
            lines=self._lines,
            moved_at=self._tenant.now(),
        )


def _begin(export: DataExport, tenant: Tenant) -> DataExport:
    """Begin to write an export, or begin anew."""
    folder = _folder(tenant)
    begun = replace(
        export,
        turn=export.turn + 1,
        growth=growing_files.begun(folder, export.file_key, ZIP_TYPE),
        archive=Archive(),
        place=Place(file=export.files[0]),
        lines={},
        layout=Layout(
            columns=tuple(column.id for column in fields.list_columns(tenant=tenant)),
            ticket_fields=tuple(field.id for field in tickets.list_fields(tenant=tenant).fields),
        ),
        moved_at=tenant.now(),
    )
    try:
        _keep(export, begun, tenant)
    except ChangedMeanwhile:
        growing_files.aborted(folder, begun.file_key, _growth(begun))
        raise
    return begun


def _keep(before: DataExport, after: DataExport, tenant: Tenant) -> None:
    if not DataExports(tenant).move(before, after):
        raise ChangedMeanwhile


def _folder(tenant: Tenant) -> files.Folder:
    return files.kept(tenant.workspace_id)


def _growth(export: DataExport) -> Growth:
    if export.growth is None:
        raise ValueError("nothing of it was begun")
    return export.growth
