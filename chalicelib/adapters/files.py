"""Private files behind short-lived links, in two buckets: `transit` for Telegram media, `files` for what is kept.

Keys begin with the tenant and hold 128 random bits. Nothing is public: uploads are presigned POSTs bounded in size and
type, downloads presigned GETs of five minutes. Types a browser would run are always sent as downloads.
"""

import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from chalicelib import settings
from chalicelib.kernel.ids import WorkspaceId
from chalicelib.kernel.records import record
from chalicelib.table import aws

LINK_S = 300
PART_BYTES = 5 * 1024 * 1024
"""S3 takes no smaller part but the last. Source: Amazon S3 User Guide, multipart upload limits."""
_SHOWN_BY_BROWSERS = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "video/mp4", "audio/ogg", "audio/mpeg", "application/pdf"}
)


@record
class UploadForm:
    """Where a browser posts a file, and the fields it sends before it."""

    url: str
    fields: Mapping[str, str]
    key: str


class Bucket:
    """One private bucket."""

    def __init__(self, name: str) -> None:
        self._name = name

    def new_key(self, workspace_id: WorkspaceId) -> str:
        """A key nobody can guess, under its tenant."""
        return f"{workspace_id}/{secrets.token_hex(16)}"

    def upload_form(self, key: str, *, content_type: str, max_bytes: int) -> UploadForm:
        """A form good for five minutes, this key, this type and at most that size. No call is made."""
        signed = aws.client("s3").generate_presigned_post(
            self._name,
            key,
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
                "Bucket": self._name,
                "Key": key,
                "ResponseContentType": content_type if shown else "application/octet-stream",
                "ResponseContentDisposition": f"{disposition}; filename*=UTF-8''{quote(file_name, safe='')}",
            },
            ExpiresIn=LINK_S,
        )
        return url

    def put(self, key: str, content: bytes, *, content_type: str) -> None:
        """Store a whole file."""
        self._s3().put_object(Bucket=self._name, Key=key, Body=content, ContentType=content_type)

    def upload(self, key: str, *, content_type: str) -> "Upload":
        """Begin to store a file part by part, so that it is never whole in memory: one call."""
        return Upload(self._name, key, content_type)

    def delete(self, key: str) -> None:
        """Remove a file; removing what is gone succeeds."""
        self._s3().delete_object(Bucket=self._name, Key=key)

    def _s3(self) -> Any:
        return aws.client("s3")


class Upload:
    """A file on its way into a bucket. It is there after `finish`; `abort` leaves nothing behind. A call each."""

    def __init__(self, bucket: str, key: str, content_type: str) -> None:
        begun = aws.client("s3").create_multipart_upload(Bucket=bucket, Key=key, ContentType=content_type)
        self._place = {"Bucket": bucket, "Key": key, "UploadId": begun["UploadId"]}
        self._tags: list[str] = []

    def part(self, content: bytes) -> None:
        """The next part; each but the last has at least PART_BYTES."""
        number = len(self._tags) + 1
        answer = aws.client("s3").upload_part(**self._place, PartNumber=number, Body=content)
        self._tags.append(answer["ETag"])

    def finish(self) -> None:
        """Make the file of its parts."""
        parts = [{"PartNumber": number, "ETag": tag} for number, tag in enumerate(self._tags, start=1)]
        aws.client("s3").complete_multipart_upload(**self._place, MultipartUpload={"Parts": parts})

    def abort(self) -> None:
        """Drop what was stored so far."""
        aws.client("s3").abort_multipart_upload(**self._place)


def transit() -> Bucket:
    """Media on their way between Telegram and a browser; gone after a day at most."""
    return Bucket(settings.current().transit_bucket)


def kept() -> Bucket:
    """Attachments, logos and exports."""
    return Bucket(settings.current().files_bucket)
