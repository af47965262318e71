"""What a file may be, and who sees it."""

from dataclasses import replace

import pytest

from chalicelib.features.files.model import (
    BOUNDS,
    MAX_FILE_BYTES,
    MAX_PREVIEW_BYTES,
    BeginUpload,
    File,
    FileState,
    FileUnfit,
    Place,
    PlaceKind,
    announced,
    sniffed,
    type_seen,
)
from chalicelib.kernel import ids
from chalicelib.kernel.ids import FileId, UserId
from chalicelib.kernel.names import NameInvalid

ANNA, BORIS = UserId(ids.mint()), UserId(ids.mint())
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\r"
WISH = BeginUpload(kind=PlaceKind.COMMENT, name="fox.png", size=12, type="image/png")
FILE = announced(WISH, FileId(ids.mint_unguessable()), ANNA)


def seen(wish: BeginUpload, beginning: bytes) -> str:
    """What a file as announced is seen to be when these bytes come."""
    return type_seen(announced(wish, FILE.id, ANNA), beginning, wish.size)


@pytest.mark.parametrize(
    ("beginning", "media_type"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xdb", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVE", None),
        (b"%PDF-1.7", "application/pdf"),
        (b"OggS\x00\x02", "audio/ogg"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\x00\x00\x00\x20ftypisom", "video/mp4"),
        (b"\x00\x00\x00\x20ftypheic", None),
        (b"\x89PNG", None),
        (b"<svg xmlns=", None),
        (b"PK\x03\x04", None),
        (b"", None),
    ],
)
def test_a_file_is_what_its_first_bytes_say(beginning: bytes, media_type: str | None) -> None:
    assert sniffed(beginning) == media_type


@pytest.mark.parametrize("told", ["image/png", "application/pdf", "video/mp4"])
def test_what_a_browser_would_show_has_to_be_what_it_says(told: str) -> None:
    with pytest.raises(FileUnfit):
        seen(replace(WISH, type=told), b"<script>alert(1)</script>")


def test_what_has_no_signature_is_taken_as_it_says_and_a_picture_under_another_name_as_a_picture() -> None:
    assert seen(replace(WISH, type="text/csv"), b"a,b") == "text/csv"
    assert seen(replace(WISH, type="application/octet-stream"), PNG) == "image/png"


@pytest.mark.parametrize("size", [11, 13])
def test_a_file_is_as_large_as_it_said(size: int) -> None:
    with pytest.raises(FileUnfit):
        type_seen(FILE, PNG, size)


@pytest.mark.parametrize("size", [0, -1, MAX_FILE_BYTES + 1])
def test_a_file_has_a_byte_to_50_mb(size: int) -> None:
    with pytest.raises(FileUnfit) as refusal:
        announced(replace(WISH, size=size), FILE.id, ANNA)
    assert [blame.pointer for blame in refusal.value.blames] == ["/size"]


@pytest.mark.parametrize(
    "told", ["", "png", "image/", "image/png\r\nX-Evil: 1", "text/html; charset=utf-8", "a/" + "b" * 99]
)
def test_a_type_that_is_none_is_refused(told: str) -> None:
    with pytest.raises(FileUnfit):
        announced(replace(WISH, type=told), FILE.id, ANNA)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("fox.png", "fox.png"),
        ("C:\\photos\\fox.png", "fox.png"),
        ("../../etc/passwd", "passwd"),
        (" лиса.png ", "лиса.png"),
    ],
)
def test_a_name_is_kept_without_its_folders(name: str, kept: str) -> None:
    assert announced(replace(WISH, name=name), FILE.id, ANNA).name == kept


@pytest.mark.parametrize("name", ["", "photos/", "a\u0000b", "gnp.\u202eexe", "x" * 201])
def test_a_name_nobody_can_read_is_refused(name: str) -> None:
    with pytest.raises(NameInvalid):
        announced(replace(WISH, name=name), FILE.id, ANNA)


def test_a_logo_is_a_small_picture() -> None:
    logo = replace(WISH, kind=PlaceKind.LOGO)
    assert seen(logo, PNG) == "image/png"
    for wish in (replace(logo, type="image/gif"), replace(logo, size=512 * 1024 + 1)):
        with pytest.raises(FileUnfit):
            announced(wish, FILE.id, ANNA)


def test_a_picture_has_a_preview_unless_it_is_large() -> None:
    assert FILE.has_preview
    assert not replace(FILE, size=MAX_PREVIEW_BYTES + 1).has_preview
    assert not replace(FILE, type="application/pdf").has_preview


def test_every_kind_of_place_has_its_bounds() -> None:
    assert set(BOUNDS) == set(PlaceKind)


def test_who_sees_a_file() -> None:
    def viewers(file: File) -> list[UserId]:
        return [viewer for viewer in (ANNA, BORIS) if file.is_seen_by(viewer)]

    shared, own = (Place(kind=PlaceKind.COMMENT, id="x", only_for=only) for only in (None, BORIS))
    assert viewers(FILE) == []
    assert viewers(replace(FILE, state=FileState.CHECKED)) == [ANNA]
    assert viewers(replace(FILE, state=FileState.ATTACHED, place=shared)) == [ANNA, BORIS]
    assert viewers(replace(FILE, state=FileState.ATTACHED, place=own)) == [BORIS]
