"""Files that grow turn by turn: whole for whoever goes on with them, bounded in memory, and removed without a trace."""

import pytest

from chalicelib.adapters import files, growing_files
from chalicelib.adapters.files import Folder, PartReplaced
from chalicelib.adapters.growing_files import GrowingFile
from chalicelib.kernel import ids
from chalicelib.kernel.growth import Growth
from chalicelib.kernel.ids import WorkspaceId

pytestmark = pytest.mark.usefixtures("local_aws")
TYPE = "text/plain"


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten bytes make a part."""
    monkeypatch.setattr(growing_files, "PART_BYTES", 10)


@pytest.fixture
def folder() -> Folder:
    """Where some workspace's exports are kept."""
    return files.kept(WorkspaceId(ids.mint()))


def turn(folder: Folder, key: str, growth: Growth, *pieces: bytes) -> GrowingFile:
    """A turn at a file that adds these."""
    growing = GrowingFile(folder, key, growth, TYPE)
    for piece in pieces:
        growing.add(piece)
    return growing


def test_whoever_goes_on_has_what_was_no_whole_part_yet(folder: Folder) -> None:
    key = folder.new_key()
    growth = growing_files.begun(folder, key, TYPE)
    for pieces in ((b"one ",), (b"two ", b"three "), (b"four ",)):
        growth = turn(folder, key, growth, *pieces).paused()
    assert len(growth.parts) == 1
    turn(folder, key, growth, b"five").finished()
    assert folder.read(key) == b"one two three four five"


def test_what_was_stored_behind_what_was_kept_is_stored_again_in_its_place(folder: Folder) -> None:
    key = folder.new_key()
    begun = growing_files.begun(folder, key, TYPE)
    turn(folder, key, begun, b"from somebody who died")
    turn(folder, key, begun, b"from whoever came then").finished()
    assert folder.read(key) == b"from whoever came then"


def test_two_at_once_make_no_mixed_file(folder: Folder) -> None:
    key = folder.new_key()
    begun = growing_files.begun(folder, key, TYPE)
    kept = turn(folder, key, begun, b"the one that counts").paused()
    turn(folder, key, begun, b"the slow one's words")
    with pytest.raises(PartReplaced):
        turn(folder, key, kept, b"!").finished()


@pytest.mark.parametrize("is_finished", [True, False])
def test_removed_it_leaves_nothing_behind(folder: Folder, is_finished: bool) -> None:
    key = folder.new_key()
    growth = turn(folder, key, growing_files.begun(folder, key, TYPE), b"one and a half parts").paused()
    if is_finished:
        growth = turn(folder, key, growth, b"and more").finished()
    growing_files.removed(folder, key, growth)
    assert folder.count() == 0
