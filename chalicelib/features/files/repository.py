"""Rows of files, and the tally of their bytes, behind a tenant's handle."""

from collections.abc import Iterable
from typing import Final

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action as Update

from chalicelib.features.files.model import (
    MAX_STORAGE_BYTES,
    File,
    FileNotFound,
    FileState,
    Place,
    PlaceKind,
    StorageFull,
)
from chalicelib.kernel import ids
from chalicelib.kernel.ids import FileId, UserId
from chalicelib.table import file_keys, keys
from chalicelib.table.items import Row
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import Transaction


class FileRow(Row, discriminator="file"):
    """A file. `place_id` and `only_for` are set while it is attached."""

    kind = UnicodeAttribute()
    name = UnicodeAttribute()
    size = NumberAttribute()
    type = UnicodeAttribute()
    state = UnicodeAttribute()
    put_up_by = UnicodeAttribute()
    place_id = UnicodeAttribute(null=True)
    only_for = UnicodeAttribute(null=True)


class FileTallyRow(Row, discriminator="file_tally"):
    """The bytes of all files: a sum and a limit that hold when many are put up at once."""

    bytes = NumberAttribute()


_UNUSED: Final = FileRow.state.is_in(FileState.ANNOUNCED.value, FileState.CHECKED.value)


class Files:
    """The files of one tenant."""

    def __init__(self, tenant: Tenant) -> None:
        self._rows = tenant.rows(keys.WORKSPACE)

    def get(self, file_id: FileId) -> File | None:
        """One file: one read unit."""
        row = self._rows.get(FileRow, file_keys.file(file_id))
        return None if row is None else _file(row)

    def require(self, file_id: FileId) -> File:
        """One file that was not given up: one read unit, none for what can't be an id. Raises FileNotFound."""
        file = self.get(file_id) if ids.is_minted_shape(file_id) else None
        if file is None or file.state is FileState.GIVEN_UP:
            raise FileNotFound
        return file

    def some(self, file_ids: Iterable[FileId]) -> dict[FileId, File]:
        """Those of these files that there are: a batch read a hundred."""
        items = self._rows.get_many([file_keys.file(file_id) for file_id in dict.fromkeys(file_ids)])
        found = (_file(FileRow.from_raw_data(item)) for item in items.values())
        return {file.id: file for file in found}

    def create(self, change: Transaction, file: File) -> None:
        """Note that somebody may put up this file, and count its bytes."""
        row = self._rows.new(
            FileRow,
            file_keys.file(file.id),
            kind=file.kind.value,
            name=file.name,
            size=file.size,
            type=file.type,
            state=file.state.value,
            put_up_by=file.put_up_by,
        )
        has_room = FileTallyRow.bytes.does_not_exist() | (FileTallyRow.bytes <= MAX_STORAGE_BYTES - file.size)
        full = StorageFull(standing={"most_bytes": MAX_STORAGE_BYTES})
        change.create(row)
        change.update(self._tally(), [FileTallyRow.bytes.add(file.size)], has_room, refusal=full)

    def check(self, file: File, media_type: str) -> bool:
        """Note what a file is that was put up; False where it was given up or attached meanwhile. One write unit."""
        actions = [FileRow.state.set(FileState.CHECKED.value), FileRow.type.set(media_type)]
        return self._rows.update(self._row(file.id), actions, _UNUSED)

    def attach(self, change: Transaction, file_id: FileId, place: Place, put_up_by: str) -> None:
        """Have a file hang somewhere, once, by whoever put it up for a place of this kind."""
        is_ready = FileRow.state == FileState.CHECKED.value
        is_theirs = (FileRow.kind == place.kind.value) & (FileRow.put_up_by == put_up_by)
        change.update(self._row(file_id), _hanging(place), is_ready & is_theirs, refusal=FileNotFound())

    def attach_again(self, change: Transaction, file_id: FileId, place: Place) -> None:
        """Have a file that was taken from its place hang there as before."""
        is_left = (FileRow.kind == place.kind.value) & (FileRow.state == FileState.GIVEN_UP.value)
        change.update(self._row(file_id), _hanging(place), is_left, refusal=FileNotFound())

    def show_to(self, change: Transaction, file_id: FileId, place: Place) -> None:
        """Have a file be seen, where it hangs, by whom the place says."""
        change.update(self._row(file_id), _hanging(place), _hangs_at(place), refusal=FileNotFound())

    def detach(self, change: Transaction, file_id: FileId, place: Place) -> None:
        """Take a file from where it hangs: from here on nobody sees it."""
        actions = [FileRow.state.set(FileState.GIVEN_UP.value), FileRow.place_id.remove(), FileRow.only_for.remove()]
        change.update(self._row(file_id), actions, _hangs_at(place), refusal=FileNotFound())

    def give_up(self, change: Transaction, file_id: FileId) -> None:
        """Nobody can attach this file any more, if nobody has."""
        action = FileRow.state.set(FileState.GIVEN_UP.value)
        change.update(self._row(file_id), [action], _UNUSED, refusal=FileNotFound())

    def stop(self, file_id: FileId) -> bool:
        """The same of a file whose time is up; False where it is attached or gone. One write unit."""
        is_loose = _UNUSED | (FileRow.state == FileState.GIVEN_UP.value)
        return self._rows.update(self._row(file_id), [FileRow.state.set(FileState.GIVEN_UP.value)], is_loose)

    def forget(self, change: Transaction, file: File) -> None:
        """The file is gone: neither its row is left nor do its bytes count."""
        change.delete(self._row(file.id), FileRow.state == FileState.GIVEN_UP.value)
        change.update(self._tally(), [FileTallyRow.bytes.add(-file.size)])

    def _row(self, file_id: FileId) -> FileRow:
        return self._rows.new(FileRow, file_keys.file(file_id))

    def _tally(self) -> FileTallyRow:
        return self._rows.new(FileTallyRow, file_keys.FILE_TALLY)


def _hanging(place: Place) -> list[Update]:
    only_for = FileRow.only_for.remove() if place.only_for is None else FileRow.only_for.set(place.only_for)
    return [FileRow.state.set(FileState.ATTACHED.value), FileRow.place_id.set(place.id), only_for]


def _hangs_at(place: Place) -> Condition:
    hangs: Condition = (FileRow.kind == place.kind.value) & (FileRow.place_id == place.id)
    return hangs


def _file(row: FileRow) -> File:
    kind = PlaceKind(row.kind)
    only_for = UserId(row.only_for) if row.only_for else None
    return File(
        id=file_keys.file_of(row.sk),
        kind=kind,
        name=row.name,
        size=int(row.size),
        type=row.type,
        state=FileState(row.state),
        put_up_by=UserId(row.put_up_by),
        place=Place(kind=kind, id=row.place_id, only_for=only_for) if row.place_id else None,
    )
