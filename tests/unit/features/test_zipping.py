"""A zip that is written by one process after another is the zip one of them would have written."""

import io
import shutil
import struct
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.features.exports.zipping import Archive, ZipWriter

MADE_AT = datetime(2026, 11, 26, 8, 30, 12, tzinfo=UTC)
File = tuple[str, Sequence[bytes]]


def written(files: Sequence[File], *, pauses: bool) -> bytes:
    """A zip of files, each of pieces; with pauses another writer goes on after each piece."""
    writer, content = ZipWriter(Archive(), MADE_AT), b""
    for name, pieces in files:
        writer.begin(name)
        for piece in pieces:
            writer.add(piece)
            if pauses:
                writer.pause()
                content += writer.taken()
                writer = ZipWriter(writer.archive, MADE_AT)
        writer.end()
    writer.close()
    return content + writer.taken()


@given(
    st.lists(
        st.tuples(st.text("abcä.", min_size=1, max_size=8), st.lists(st.binary(max_size=400), max_size=4)),
        max_size=4,
        unique_by=lambda file: file[0],
    )
)
def test_wherever_it_pauses_it_holds_the_same(files: list[File]) -> None:
    for pauses in (True, False):
        with ZipFile(io.BytesIO(written(files, pauses=pauses))) as archive:
            assert archive.testzip() is None
            assert {name: archive.read(name) for name in archive.namelist()} == {
                name: b"".join(pieces) for name, pieces in files
            }


def test_what_is_alike_is_packed() -> None:
    content = b"contact,phone,note\r\n" * 10_000
    assert len(written([("a.csv", [content])], pauses=True)) < len(content) / 50


def test_pausing_with_nothing_open_writes_nothing() -> None:
    writer = ZipWriter(Archive(), MADE_AT)
    writer.pause()
    assert (writer.taken(), writer.archive) == (b"", Archive())


@pytest.mark.skipif(shutil.which("unzip") is None, reason="this machine has no unzip")
def test_another_program_reads_it_and_its_files_can_be_read_where_they_are_unpacked(tmp_path: Path) -> None:
    content = written([("chats.csv", [b"a,b\r\n"] * 100), ("empty.csv", [])], pauses=True)
    (tmp_path / "export.zip").write_bytes(content)
    subprocess.run(["unzip", "-q", "export.zip"], cwd=tmp_path, check=True)
    assert (tmp_path / "chats.csv").read_bytes() == b"a,b\r\n" * 100
    assert (tmp_path / "empty.csv").read_bytes() == b""


def test_beyond_four_gigabytes_it_says_so_as_zips_do() -> None:
    """A file that begins there, its bytes elsewhere: the list at the end has 64 bits for its place."""
    far = 5 * 1024**3
    writer = ZipWriter(Archive(size=far), MADE_AT)
    writer.begin("late.csv")
    writer.add(b"x")
    writer.end()
    [late] = writer.archive.files
    assert late.offset == far
    writer.close()
    assert struct.pack("<Q", far) in writer.taken()
