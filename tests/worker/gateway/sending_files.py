"""What a browser does to send files: asks for a form, posts to the bucket, names what it put up."""

import io
from typing import Any

from aiohttp import ClientSession, FormData

from chalicelib.kernel import ids
from chalicelib.kernel.ids import WorkspaceId
from dev.telegram.demo.pictures import gradient_png
from tests.local_aws import LocalAws
from tests.worker.gateway.browser import LiveBrowser

A_PICTURE = gradient_png(64, 40, (200, 30, 30), (30, 30, 200))

Wire = dict[str, Any]


async def post(form: Wire, content: bytes, *, mime: str | None = None) -> int:
    """Post a file by a form, as browsers do; gives the bucket's status."""
    body = FormData()
    for name, value in form["fields"].items():
        body.add_field(name, mime if mime and name == "Content-Type" else value)
    body.add_field("file", io.BytesIO(content), filename="blob")
    async with ClientSession() as http, http.post(form["url"], data=body) as answer:
        return answer.status


async def put_up(browser: LiveBrowser, content: bytes, *, kind: str, mime: str) -> str:
    """Put a file up; gives its number."""
    form = await browser.ask("media.upload", kind=kind, mime=mime, size=len(content))
    assert await post(form, content) in (200, 201, 204)
    return str(form["upload_id"])


async def a_file(browser: LiveBrowser, content: bytes, *, kind: str, mime: str, **about: Any) -> Wire:
    """A file that was put up, as `media.send` names it."""
    named = {"name": "a file", **about}
    return {"upload_id": await put_up(browser, content, kind=kind, mime=mime), "kind": kind, **named}


async def send(browser: LiveBrowser, chat_id: str, files: list[Wire], **more: Any) -> Wire:
    """Send files and wait for the end: the answer, or the event that follows it."""
    order = {"chat_id": chat_id, "client_id": ids.mint(), "files": files, **more}
    answer = await browser.ask("media.send", **order)
    if answer["state"] not in ("queued", "sending"):
        return answer
    return await browser.hear("send.changed", lambda event: event["client_id"] == order["client_id"])


def in_transit(aws: LocalAws, workspace_id: WorkspaceId) -> list[str]:
    """The keys of a workspace's files in transit, half-stored ones included."""
    storage, place = aws.client("s3"), {"Bucket": aws.outputs["TransitBucketName"], "Prefix": f"{workspace_id}/"}
    stored = storage.list_objects_v2(**place).get("Contents", [])
    begun = storage.list_multipart_uploads(**place).get("Uploads", [])
    return [each["Key"] for each in (*stored, *begun)]
