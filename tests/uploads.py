"""Files put up as a browser does: a form, the file posted by it, the look at what came."""

from chalicelib.adapters.files import UploadForm
from tests.adapters.test_files import post
from tests.api_client import Answer
from tests.scene import Desk

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 50
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 50
WEBP = b"RIFF\x32\x00\x00\x00WEBPVP8 " + b"\x00" * 50


def form(desk: Desk, kind: str, size: int = len(PNG), media_type: str = "image/png", name: str = "fox.png") -> Answer:
    """Ask for a form."""
    return desk.send("POST", "/files", {"name": name, "size": size, "type": media_type, "for": kind})


def sent(desk: Desk, kind: str, content: bytes = PNG, media_type: str = "image/png", name: str = "fox.png") -> str:
    """Put a file up that nobody has looked at yet; its id."""
    answer = form(desk, kind, len(content), media_type, name)
    assert answer.status == 201, answer.body
    assert post(UploadForm(url=answer.body["url"], fields=answer.body["fields"], key=""), content) == 204
    return str(answer.body["id"])


def checked(desk: Desk, file_id: str) -> Answer:
    """Have it looked at."""
    return desk.send("POST", f"/files/{file_id}/check")


def put_up(desk: Desk, kind: str, content: bytes = PNG, media_type: str = "image/png", name: str = "fox.png") -> str:
    """Put a file up, ready to be attached; its id."""
    file_id = sent(desk, kind, content, media_type, name)
    answer = checked(desk, file_id)
    assert answer.status == 200, answer.body
    return file_id
