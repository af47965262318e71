"""Private files: bounded uploads, links that end, nothing a browser would run."""

import time
import urllib.error
import urllib.request
from collections.abc import Mapping

import botocore.exceptions
import pytest

from chalicelib.adapters import files
from chalicelib.adapters.files import Bucket, UploadForm
from chalicelib.kernel import ids
from chalicelib.kernel.ids import WorkspaceId

pytestmark = pytest.mark.usefixtures("local_aws")
BOUNDARY = "wireroom-boundary"


@pytest.fixture
def bucket() -> Bucket:
    """Where attachments are kept."""
    return files.kept()


def new_key(bucket: Bucket) -> str:
    """A key of some tenant."""
    return bucket.new_key(WorkspaceId(ids.mint()))


def post(form: UploadForm, content: bytes, **changed: str) -> int:
    """Send a form as a browser does; returns the status."""
    fields = {**form.fields, **changed}
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
    body = ("".join(parts) + head).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return fetch(form.url, body, headers)[0]


def fetch(
    url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> tuple[int, bytes, Mapping[str, str]]:
    """Status, content and headers of an address."""
    request = urllib.request.Request(url, data=body, headers=dict(headers or {}))  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return answer.status, answer.read(), dict(answer.headers)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read(), dict(refusal.headers)


def link_of(bucket: Bucket, key: str) -> str:
    """A link to a picture."""
    return bucket.link(key, file_name="fox.png", content_type="image/png")


def test_an_upload_within_bounds_is_kept(bucket: Bucket) -> None:
    form = bucket.upload_form(new_key(bucket), content_type="image/png", max_bytes=10)
    assert post(form, b"0123456789") == 204
    status, content, _ = fetch(link_of(bucket, form.key))
    assert (status, content) == (200, b"0123456789")


@pytest.mark.parametrize("content", [b"", b"0123456789a", b"x" * 100_000])
def test_an_upload_of_another_size_is_refused(bucket: Bucket, content: bytes) -> None:
    form = bucket.upload_form(new_key(bucket), content_type="image/png", max_bytes=10)
    assert post(form, content) in {400, 403}
    assert fetch(link_of(bucket, form.key))[0] in {403, 404}


def test_an_upload_of_another_type_or_to_another_key_is_refused(bucket: Bucket) -> None:
    form = bucket.upload_form(new_key(bucket), content_type="image/png", max_bytes=10)
    assert post(form, b"<script>", **{"Content-Type": "text/html"}) == 403
    assert post(form, b"0123", key=new_key(bucket)) == 403


def test_a_form_ends(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LINK_S", -1)
    form = bucket.upload_form(new_key(bucket), content_type="image/png", max_bytes=10)
    assert post(form, b"0123") == 403


def test_a_link_ends(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    key = new_key(bucket)
    bucket.put(key, b"fox", content_type="image/png")
    monkeypatch.setattr(files, "LINK_S", 1)
    link = link_of(bucket, key)
    assert fetch(link)[0] == 200
    time.sleep(2.1)
    assert fetch(link)[0] == 403


def test_without_a_signature_nothing_is_read(bucket: Bucket) -> None:
    key = new_key(bucket)
    bucket.put(key, b"fox", content_type="image/png")
    bare, _, _ = link_of(bucket, key).partition("?")
    assert fetch(bare)[0] == 403


def test_a_link_is_for_its_key_alone(bucket: Bucket) -> None:
    one, other = new_key(bucket), new_key(bucket)
    for key in (one, other):
        bucket.put(key, b"fox", content_type="image/png")
    assert fetch(link_of(bucket, one).replace(one, other))[0] == 403


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
    bucket: Bucket, content_type: str, sent_as: str, shown: str
) -> None:
    key = new_key(bucket)
    bucket.put(key, b"x", content_type=content_type)
    _, _, headers = fetch(bucket.link(key, file_name='a"\r\nß.html', content_type=content_type))
    assert headers["Content-Type"] == sent_as
    assert headers["Content-Disposition"] == f"{shown}; filename*=UTF-8''a%22%0D%0A%C3%9F.html"


def test_keys_begin_with_their_tenant_and_can_not_be_guessed(bucket: Bucket) -> None:
    workspace_id = WorkspaceId(ids.mint())
    one, other = bucket.new_key(workspace_id), bucket.new_key(workspace_id)
    assert one != other
    assert one.startswith(f"{workspace_id}/")
    assert len(one.rpartition("/")[2]) == 32


def test_what_is_deleted_is_gone(bucket: Bucket) -> None:
    key = new_key(bucket)
    bucket.put(key, b"fox", content_type="image/png")
    for _ in range(2):
        bucket.delete(key)
    assert fetch(link_of(bucket, key))[0] in {403, 404}


@pytest.mark.parametrize("most", [1, 10, 12, 5_000])
def test_the_beginning_of_a_file_comes_with_its_whole_size(bucket: Bucket, most: int) -> None:
    key = new_key(bucket)
    content = b"0123456789" * 120
    bucket.put(key, content, content_type="image/png")
    assert bucket.beginning(key, most) == (content[:most], 1_200)


def test_a_file_that_is_not_there_has_no_beginning(bucket: Bucket) -> None:
    assert bucket.beginning(new_key(bucket), 12) is None


def test_a_file_can_come_in_parts(bucket: Bucket) -> None:
    key = new_key(bucket)
    upload = bucket.upload(key, content_type="video/mp4")
    parts = [b"a" * files.PART_BYTES, b"b"]
    for part in parts:
        upload.part(part)
    assert fetch(link_of(bucket, key))[0] in {403, 404}
    upload.finish()
    assert fetch(link_of(bucket, key))[1] == b"".join(parts)


def test_somebody_else_goes_on_with_an_upload_and_may_say_twice_that_it_is_finished(bucket: Bucket) -> None:
    key = new_key(bucket)
    begun = bucket.upload(key, content_type="text/csv")
    begun.part(b"a" * files.PART_BYTES)
    for _ in range(2):
        upload = bucket.go_on(key, begun.id, begun.tags)
        upload.part(b"b")
        upload.finish()
    assert bucket.read(key) == b"a" * files.PART_BYTES + b"b"


def test_an_upload_that_was_dropped_is_not_finished(bucket: Bucket) -> None:
    upload = bucket.upload(new_key(bucket), content_type="text/csv")
    upload.part(b"a")
    for _ in range(2):
        upload.abort()
    with pytest.raises(botocore.exceptions.ClientError, match="404"):
        upload.finish()


def test_what_is_created_is_never_replaced(bucket: Bucket) -> None:
    key = new_key(bucket)
    assert bucket.create(key, b"first", content_type="text/csv") is True
    assert bucket.create(key, b"second", content_type="text/csv") is False
    assert bucket.read(key) == b"first"


def test_keys_that_begin_alike_come_in_order(bucket: Bucket) -> None:
    beginning = new_key(bucket)
    for name in "cab":
        bucket.put(f"{beginning}/{name}", b"", content_type="text/csv")
    bucket.put(new_key(bucket), b"", content_type="text/csv")
    assert list(bucket.keys(beginning)) == [f"{beginning}/{name}" for name in "abc"]


def test_a_tenant_s_files_and_unfinished_uploads_are_purged_and_nobody_else_s(bucket: Bucket) -> None:
    going, staying = WorkspaceId(ids.mint()), WorkspaceId(ids.mint())
    for workspace_id in (going, going, staying):
        bucket.put(bucket.new_key(workspace_id), b"fox", content_type="image/png")
        bucket.upload(bucket.new_key(workspace_id), content_type="text/csv").part(b"a,b\n")
    assert bucket.count(going) == 4
    assert bucket.purge(going) == 4
    assert bucket.purge(going) == 0
    assert (bucket.count(going), bucket.count(staying)) == (0, 2)
