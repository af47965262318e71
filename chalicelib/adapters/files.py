"""Private files behind short-lived links, in two buckets: `transit` for Telegram media, `files` for what is kept.

A third one, of the journal's copy, is written once and linked to by nobody.
Keys begin with the tenant and hold 128 random bits. Nothing is public: uploads are presigned POSTs bounded in size and
type, downloads presigned GETs of five minutes. Types a browser would run are always sent as downloads.
"""

import io
import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import IO, Any
from urllib.parse import quote

import botocore.exceptions

from chalicelib import settings
from chalicelib.kernel.errors import Unavailable
from chalicelib.kernel.ids import UserId, WorkspaceId
from chalicelib.kernel.records import record
from chalicelib.table import aws
from chalicelib.table.guard import TenantBreach

LINK_S = 300
STREAMED_BYTES = 256 * 1024
"""What a stream asks for at once, and keeps in memory."""
PART_BYTES = 5 * 1024 * 1024
"""S3 takes no smaller part but the last. Source: Amazon S3 User Guide, multipart upload limits."""
_SHOWN_BY_BROWSERS = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "video/mp4", "audio/ogg", "audio/mpeg", "application/pdf"}
)

_MISSING = frozenset({"NoSuchKey", "AccessDenied"})
"""What S3 says of a key that is not there, to those who may list a bucket and to us who may not."""
_MISSING_HEAD = frozenset({"404", "403"})
"""The same of a question after a file's head, whose answer has no body to name a reason in."""
_NOTHING_THERE = _MISSING | {"InvalidRange"}


@record
class UploadForm:
    """Where a browser posts a file, and the fields it sends before it."""

    url: str
    fields: Mapping[str, str]
    key: str

    def __repr__(self) -> str:
        return f"UploadForm(key={self.key!r})"


class Folder:
    """One owner's part of a private bucket. A key that lies outside of it is a breach, whoever hands it in."""

    def __init__(self, bucket: str, prefix: str) -> None:
        """`prefix` ends with a slash, and every key begins with it."""
        self._bucket = bucket
        self._prefix = prefix

    def new_key(self) -> str:
        """A key nobody can guess."""
        return self.key_of(secrets.token_hex(16))

    def key_of(self, name: str) -> str:
        """The key of something that has a name of its own."""
        return f"{self._prefix}{name}"

    def upload_form(self, key: str, *, content_type: str, max_bytes: int) -> UploadForm:
        """A form good for five minutes, this key, this type and at most that size. No call is made."""
        signed = aws.client("s3").generate_presigned_post(
            self._bucket,
            self._own(key),
            Fields={"Content-Type": content_type},
            Conditions=[{"Content-Type": content_type}, ["content-length-range", 1, max_bytes]],
            ExpiresIn=LINK_S,
        )
        return UploadForm(url=signed["url"], fields=signed["fields"], key=key)

    def link(self, key: str, *, file_name: str, content_type: str) -> str:
        """A link good for five minutes. No call is made."""
        shown = content_type in _SHOWN_BY_BROWSERS
        disposition = "inline" if shown else "attachment"
        url: str = aws.client("s3").generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": self._own(key),
                "ResponseContentType": content_type if shown else "application/octet-stream",
                "ResponseContentDisposition": f"{disposition}; filename*=UTF-8''{quote(file_name, safe='')}",
            },
            ExpiresIn=LINK_S,
        )
        return url

    def beginning(self, key: str, most: int) -> tuple[bytes, int] | None:
        """A file's first bytes, at most `most`, and its whole size; None where there is no such file. One call."""
        try:
            answer = self._s3().get_object(Bucket=self._bucket, Key=self._own(key), Range=f"bytes=0-{most - 1}")
        except botocore.exceptions.ClientError as refusal:
            if refusal.response["Error"]["Code"] in _MISSING:
                return None
            raise
        with answer["Body"] as body:
            return body.read(most), int(answer["ContentRange"].rpartition("/")[2])

    def facts(self, key: str) -> tuple[int, str] | None:
        """A file's size in bytes and its type; None where there is no such file. One call."""
        try:
            answer = self._s3().head_object(Bucket=self._bucket, Key=self._own(key))
        except botocore.exceptions.ClientError as refusal:
            if refusal.response["Error"]["Code"] in _MISSING_HEAD:
                return None
            raise
        return int(answer["ContentLength"]), answer["ContentType"]

    def piece(self, key: str, offset: int, length: int) -> bytes:
        """A file's bytes from there on, at most `length`; none where it is gone or ends before. One call."""
        bounds = f"bytes={offset}-{offset + length - 1}"
        try:
            answer = self._s3().get_object(Bucket=self._bucket, Key=self._own(key), Range=bounds)
        except botocore.exceptions.ClientError as refusal:
            if refusal.response["Error"]["Code"] in _NOTHING_THERE:
                return b""
            raise
        with answer["Body"] as body:
            content: bytes = body.read(length)
        return content

    def stream(self, key: str, offset: int) -> IO[bytes]:
        """A file's bytes from there on, to be read in order and never whole in memory: a call each STREAMED_BYTES."""
        return io.BufferedReader(_Stream(self, key, offset), STREAMED_BYTES)

    def put(self, key: str, content: bytes, *, content_type: str) -> None:
        """Store a whole file."""
        self._s3().put_object(Bucket=self._bucket, Key=self._own(key), Body=content, ContentType=content_type)

    def create(self, key: str, content: bytes, *, content_type: str) -> bool:
        """Store a whole file under a key that is new; False, and nothing stored, where there is one already."""
        try:
            self._s3().put_object(
                Bucket=self._bucket, Key=self._own(key), Body=content, ContentType=content_type, IfNoneMatch="*"
            )
        except botocore.exceptions.ClientError as refusal:
            if refusal.response["Error"]["Code"] != "PreconditionFailed":
                raise
            return False
        return True

    def read(self, key: str) -> bytes:
        """A whole file."""
        content: bytes = self._s3().get_object(Bucket=self._bucket, Key=self._own(key))["Body"].read()
        return content

    def keys(self, beginning: str = "") -> Iterator[str]:
        """The keys that begin so behind the owner's part, in order: a call a thousand."""
        paginator = self._s3().get_paginator("list_objects_v2")
        pages = paginator.paginate(Bucket=self._bucket, Prefix=self.key_of(beginning))
        for page in pages:
            yield from (found["Key"] for found in page.get("Contents", []))

    def upload(self, key: str, *, content_type: str) -> "Upload":
        """Begin to store a file part by part, so that it is never whole in memory: one call."""
        begun = self._s3().create_multipart_upload(Bucket=self._bucket, Key=self._own(key), ContentType=content_type)
        return Upload(self._bucket, self._own(key), begun["UploadId"])

    def go_on(self, key: str, upload_id: str, tags: Sequence[str]) -> "Upload":
        """An upload that was begun before, behind the parts that have these tags. No call is made."""
        return Upload(self._bucket, self._own(key), upload_id, tags)

    def delete(self, key: str) -> None:
        """Remove a file; removing what is gone succeeds."""
        self._s3().delete_object(Bucket=self._bucket, Key=self._own(key))

    def purge(self) -> int:
        """Remove all files and unfinished uploads, up to a thousand of each; 0 says that none was left.

        Raises:
            Unavailable: some of them could not be removed.
        """
        found = self._files()
        _remove(self._bucket, [each["Key"] for each in found])
        begun = self._uploads()
        for each in begun:
            Upload(self._bucket, each["Key"], each["UploadId"]).abort()
        return len(found) + len(begun)

    def count(self) -> int:
        """How many files and unfinished uploads there are, up to a thousand of each: two calls."""
        return len(self._files()) + len(self._uploads())

    def _files(self) -> list[dict[str, Any]]:
        answer = self._s3().list_objects_v2(Bucket=self._bucket, Prefix=self._prefix)
        found: list[dict[str, Any]] = answer.get("Contents", [])
        return found

    def _uploads(self) -> list[dict[str, Any]]:
        answer = self._s3().list_multipart_uploads(Bucket=self._bucket, Prefix=self._prefix)
        found: list[dict[str, Any]] = answer.get("Uploads", [])
        return found

    def _own(self, key: str) -> str:
        if not key.startswith(self._prefix):
            raise TenantBreach("a file of somebody else's")
        return key

    def _s3(self) -> Any:
        return aws.client("s3")


class _Stream(io.RawIOBase):
    """A file piece by piece; what is gone ends there."""

    def __init__(self, folder: Folder, key: str, offset: int) -> None:
        self._folder = folder
        self._key = key
        self._offset = offset

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        found = self._folder.piece(self._key, self._offset, len(buffer))
        buffer[: len(found)] = found
        self._offset += len(found)
        return len(found)


class PartReplaced(Exception):
    """Somebody else stored another part in the place of one of ours: together they are no file."""


class Upload:
    """A file on its way into a bucket. It is there after `finish`; `abort` leaves nothing behind. A call each.

    `id` and `tags` are what somebody else needs to go on with it.
    """

    def __init__(self, bucket: str, key: str, upload_id: str, tags: Sequence[str] = ()) -> None:
        self.id = upload_id
        self.tags = list(tags)
        self._place = {"Bucket": bucket, "Key": key, "UploadId": upload_id}

    def part(self, content: bytes) -> None:
        """The next part; each but the last has at least PART_BYTES. Where the file is finished this does nothing."""
        number = len(self.tags) + 1
        answer = self._unless_finished("upload_part", PartNumber=number, Body=content)
        self.tags.append(answer["ETag"] if answer is not None else "")

    def finish(self) -> None:
        """Make the file of its parts; finishing what is finished does nothing.

        Raises:
            PartReplaced: no file was made.
        """
        parts = [{"PartNumber": number, "ETag": tag} for number, tag in enumerate(self.tags, start=1)]
        try:
            self._unless_finished("complete_multipart_upload", MultipartUpload={"Parts": parts})
        except botocore.exceptions.ClientError as refusal:
            if refusal.response["Error"]["Code"] != "InvalidPart":
                raise
            raise PartReplaced from refusal

    def _unless_finished(self, operation: str, **parameters: Any) -> Any:
        """The answer, or None where somebody finished the file, and died before they could say so."""
        try:
            return getattr(aws.client("s3"), operation)(**self._place, **parameters)
        except botocore.exceptions.ClientError as refusal:
            if not _is_gone(refusal):
                raise
            # Raises where the upload is not finished but dropped.
            aws.client("s3").head_object(Bucket=self._place["Bucket"], Key=self._place["Key"])
            return None

    def abort(self) -> None:
        """Drop what was stored so far; dropping what is gone, or finished, does nothing."""
        try:
            aws.client("s3").abort_multipart_upload(**self._place)
        except botocore.exceptions.ClientError as refusal:
            if not _is_gone(refusal):
                raise


def _is_gone(refusal: botocore.exceptions.ClientError) -> bool:
    code: str = refusal.response["Error"]["Code"]
    return code == "NoSuchUpload"


def transit(workspace_id: WorkspaceId) -> Folder:
    """A workspace's media on their way between Telegram and a browser; gone after a day at most."""
    return Folder(settings.current().transit_bucket, f"{workspace_id}/")


def put_up(workspace_id: WorkspaceId, user_id: UserId) -> Folder:
    """What one member put up to be sent to Telegram: a part of the workspace's transit that only they can name."""
    return Folder(settings.current().transit_bucket, f"{workspace_id}/{user_id}/")


def sweep_transit(before: datetime) -> int:
    """Remove everything in transit, of all workspaces, that is older; returns how many files that were.

    For what a worker that was killed left behind. Two calls a thousand files.

    Raises:
        Unavailable: some of them could not be removed.
    """
    bucket, s3 = settings.current().transit_bucket, aws.client("s3")
    removed = 0
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        old = [found["Key"] for found in page.get("Contents", []) if found["LastModified"] < before]
        _remove(bucket, old)
        removed += len(old)
    return removed


def _remove(bucket: str, keys: Sequence[str]) -> None:
    """Remove up to a thousand files by one call, or none where there are none. Raises Unavailable when some stay."""
    if not keys:
        return
    wanted = {"Objects": [{"Key": key} for key in keys], "Quiet": True}
    if aws.client("s3").delete_objects(Bucket=bucket, Delete=wanted).get("Errors"):
        raise Unavailable("Some files could not be removed.")


def kept(workspace_id: WorkspaceId) -> Folder:
    """A workspace's attachments, logos and exports."""
    return Folder(settings.current().files_bucket, f"{workspace_id}/")


def journal_copy(owner: str) -> Folder:
    """The write-once copy of the journal of a workspace or person."""
    return Folder(settings.current().journal_bucket, f"journal/{owner}/")
