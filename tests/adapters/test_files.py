"""Private files: bounded uploads, links that end, nothing a browser would run."""

import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from datetime import timedelta
from email.message import Message

import botocore.exceptions
import pytest

from chalicelib.adapters import files
from chalicelib.adapters.files import Folder, UploadForm
from chalicelib.kernel import ids
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.ids import UserId, WorkspaceId
from chalicelib.table.guard import TenantBreach

pytestmark = pytest.mark.usefixtures("local_aws")
BOUNDARY = "wireroom-boundary"


@pytest.fixture
def folder() -> Folder:
    """Where some workspace's attachments are kept."""
    return files.kept(WorkspaceId(ids.mint()))


def post(form: UploadForm, content: bytes, **changed: str) -> int:
    """Send a form as a browser does; returns the status."""
    fields = {**form.fields, **changed}
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
    body = ("".join(parts) + head).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return fetch(form.url, body, headers)[0]


def fetch(url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> tuple[int, bytes, Message]:
    """Status, content and headers of an address."""
    request = urllib.request.Request(url, data=body, headers=dict(headers or {}))  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read(), refusal.headers


def link_of(folder: Folder, key: str) -> str:
    """A link to a picture."""
    return folder.link(key, file_name="fox.png", content_type="image/png")


def test_an_upload_within_bounds_is_kept(folder: Folder) -> None:
    form = folder.upload_form(folder.new_key(), content_type="image/png", max_bytes=10)
    assert post(form, b"0123456789") == 204
    status, content, _ = fetch(link_of(folder, form.key))
    assert (status, content) == (200, b"0123456789")


@pytest.mark.parametrize("content", [b"", b"0123456789a", b"x" * 100_000])
def test_an_upload_of_another_size_is_refused(folder: Folder, content: bytes) -> None:
    form = folder.upload_form(folder.new_key(), content_type="image/png", max_bytes=10)
    assert post(form, content) in {400, 403}
    assert fetch(link_of(folder, form.key))[0] in {403, 404}


def test_an_upload_of_another_type_or_to_another_key_is_refused(folder: Folder) -> None:
    form = folder.upload_form(folder.new_key(), content_type="image/png", max_bytes=10)
    assert post(form, b"<script>", **{"Content-Type": "text/html"}) == 403
    assert post(form, b"0123", key=folder.new_key()) == 403


def test_a_form_ends(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LINK_S", -1)
    form = folder.upload_form(folder.new_key(), content_type="image/png", max_bytes=10)
    assert post(form, b"0123") == 403


def test_a_link_ends(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    key = folder.new_key()
    folder.put(key, b"fox", content_type="image/png")
    monkeypatch.setattr(files, "LINK_S", 1)
    link = link_of(folder, key)
    assert fetch(link)[0] == 200
    time.sleep(2.1)
    assert fetch(link)[0] == 403


def test_without_a_signature_nothing_is_read(folder: Folder) -> None:
    key = folder.new_key()
    folder.put(key, b"fox", content_type="image/png")
    bare, _, _ = link_of(folder, key).partition("?")
    assert fetch(bare)[0] == 403


def test_a_link_is_for_its_key_alone(folder: Folder) -> None:
    one, other = folder.new_key(), folder.new_key()
    for key in (one, other):
        folder.put(key, b"fox", content_type="image/png")
    assert fetch(link_of(folder, one).replace(one, other))[0] == 403


@pytest.mark.parametrize(
    ("content_type", "sent_as", "shown"),
    [
        ("image/png", "image/png", "inline"),
        ("text/html", "application/octet-stream", "attachment"),
        ("image/svg+xml", "application/octet-stream", "attachment"),
        ("application/javascript", "application/octet-stream", "attachment"),
    ],
)
def test_types_a_browser_would_run_are_sent_as_downloads(
    folder: Folder, content_type: str, sent_as: str, shown: str
) -> None:
    key = folder.new_key()
    folder.put(key, b"x", content_type=content_type)
    _, _, headers = fetch(folder.link(key, file_name='a"\r\nß.html', content_type=content_type))
    assert headers["Content-Type"] == sent_as
    assert headers["Content-Disposition"] == f"{shown}; filename*=UTF-8''a%22%0D%0A%C3%9F.html"


def test_keys_begin_with_their_tenant_and_can_not_be_guessed() -> None:
    workspace_id = WorkspaceId(ids.mint())
    one, other = files.kept(workspace_id).new_key(), files.kept(workspace_id).new_key()
    assert one != other
    assert one.startswith(f"{workspace_id}/")
    assert len(one.rpartition("/")[2]) == 32


def test_what_is_deleted_is_gone(folder: Folder) -> None:
    key = folder.new_key()
    folder.put(key, b"fox", content_type="image/png")
    for _ in range(2):
        folder.delete(key)
    assert fetch(link_of(folder, key))[0] in {403, 404}


@pytest.mark.parametrize("most", [1, 10, 12, 5_000])
def test_the_beginning_of_a_file_comes_with_its_whole_size(folder: Folder, most: int) -> None:
    key = folder.new_key()
    content = b"0123456789" * 120
    folder.put(key, content, content_type="image/png")
    assert folder.beginning(key, most) == (content[:most], 1_200)


def test_a_file_that_is_not_there_has_no_beginning(folder: Folder) -> None:
    assert folder.beginning(folder.new_key(), 12) is None


def test_a_file_can_come_in_parts(folder: Folder) -> None:
    key = folder.new_key()
    upload = folder.upload(key, content_type="video/mp4")
    parts = [b"a" * files.PART_BYTES, b"b"]
    for part in parts:
        upload.part(part)
    assert fetch(link_of(folder, key))[0] in {403, 404}
    upload.finish()
    assert fetch(link_of(folder, key))[1] == b"".join(parts)


def test_somebody_else_goes_on_with_an_upload_and_may_say_twice_that_it_is_finished(folder: Folder) -> None:
    key = folder.new_key()
    begun = folder.upload(key, content_type="text/csv")
    begun.part(b"a" * files.PART_BYTES)
    for _ in range(2):
        upload = folder.go_on(key, begun.id, begun.tags)
        upload.part(b"b")
        upload.finish()
    assert folder.read(key) == b"a" * files.PART_BYTES + b"b"


def test_an_upload_that_was_dropped_is_not_finished(folder: Folder) -> None:
    upload = folder.upload(folder.new_key(), content_type="text/csv")
    upload.part(b"a")
    for _ in range(2):
        upload.abort()
    with pytest.raises(botocore.exceptions.ClientError, match="404"):
        upload.finish()


def test_what_is_created_is_never_replaced(folder: Folder) -> None:
    key = folder.new_key()
    assert folder.create(key, b"first", content_type="text/csv") is True
    assert folder.create(key, b"second", content_type="text/csv") is False
    assert folder.read(key) == b"first"


def test_keys_that_begin_alike_come_in_order(folder: Folder) -> None:
    for name in ("2026/c", "2026/a", "2026/b", "2025/a"):
        folder.put(folder.key_of(name), b"", content_type="text/csv")
    assert list(folder.keys("2026/")) == [folder.key_of(f"2026/{name}") for name in "abc"]


def test_a_tenant_s_files_and_unfinished_uploads_are_purged_and_nobody_else_s() -> None:
    going, staying = files.kept(WorkspaceId(ids.mint())), files.kept(WorkspaceId(ids.mint()))
    for folder in (going, going, staying):
        folder.put(folder.new_key(), b"fox", content_type="image/png")
        folder.upload(folder.new_key(), content_type="text/csv").part(b"a,b\n")
    assert going.count() == 4
    assert going.purge() == 4
    assert going.purge() == 0
    assert (going.count(), staying.count()) == (0, 2)


def test_a_file_is_read_piece_by_piece_and_says_what_it_is(folder: Folder) -> None:
    key = folder.new_key()
    folder.put(key, b"0123456789", content_type="text/plain")
    assert folder.facts(key) == (10, "text/plain")
    assert [folder.piece(key, offset, 4) for offset in (0, 4, 8, 12)] == [b"0123", b"4567", b"89", b""]


def test_a_file_that_is_not_there_has_neither_facts_nor_pieces(folder: Folder) -> None:
    assert (folder.facts(folder.new_key()), folder.piece(folder.new_key(), 0, 4)) == (None, b"")


def test_what_a_member_puts_up_lies_in_their_own_part_of_the_workspace_s_transit() -> None:
    workspace_id, one, other = WorkspaceId(ids.mint()), UserId(ids.mint()), UserId(ids.mint())
    key = files.put_up(workspace_id, one).new_key()
    files.transit(workspace_id).put(key, b"fox", content_type="text/plain")
    assert files.put_up(workspace_id, one).facts(key) == (3, "text/plain")
    with pytest.raises(TenantBreach):
        files.put_up(workspace_id, other).facts(key)
    assert files.transit(workspace_id).purge() == 1


def test_the_sweep_removes_what_is_old_from_all_workspaces_and_nothing_else(calls_made: list[str]) -> None:
    folders = [files.transit(WorkspaceId(ids.mint())) for _ in range(2)]
    kept = files.kept(WorkspaceId(ids.mint()))
    for folder in (*folders, kept):
        folder.put(folder.new_key(), b"fox", content_type="text/plain")
    files.sweep_transit(utc_now() - timedelta(hours=23))
    assert [folder.count() for folder in folders] == [1, 1]
    calls_made.clear()
    assert files.sweep_transit(utc_now() + timedelta(minutes=1)) >= 2
    assert calls_made == ["ListObjectsV2", "DeleteObjects"], "a large backlog must not take a call a file"
    assert [folder.count() for folder in (*folders, kept)] == [0, 0, 1]


@pytest.mark.parametrize(
    "act",
    [
        lambda folder, key: folder.upload_form(key, content_type="image/png", max_bytes=10),
        lambda folder, key: folder.link(key, file_name="fox.png", content_type="image/png"),
        lambda folder, key: folder.put(key, b"fox", content_type="image/png"),
        lambda folder, key: folder.create(key, b"fox", content_type="image/png"),
        lambda folder, key: folder.read(key),
        lambda folder, key: folder.beginning(key, 1),
        lambda folder, key: folder.facts(key),
        lambda folder, key: folder.piece(key, 0, 1),
        lambda folder, key: folder.upload(key, content_type="image/png"),
        lambda folder, key: folder.go_on(key, "upload", []),
        lambda folder, key: folder.delete(key),
    ],
)
def test_a_key_of_somebody_else_is_a_breach_whatever_is_done_with_it(
    folder: Folder, act: Callable[[Folder, str], object]
) -> None:
    theirs = files.kept(WorkspaceId(ids.mint())).new_key()
    for key in (theirs, folder.key_of("x")[1:], "", "/"):
        with pytest.raises(TenantBreach):
            act(folder, key)
