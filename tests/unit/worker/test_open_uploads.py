"""Files that members put up are counted for an hour, and members with none are forgotten."""

import pytest

from chalicelib.kernel.ids import UserId, WorkspaceId
from session_worker.messaging.open_uploads import COUNTED_S, MAX_OPEN, OpenUploads, UploadTooMany

OLGA, MAX = (WorkspaceId("W"), UserId("Olga")), (WorkspaceId("W"), UserId("Max"))


class Hands:
    """A clock that is moved by hand."""

    at = 0.0

    def __call__(self) -> float:
        return self.at


def test_a_member_has_at_most_so_many_until_one_is_sent_or_too_old() -> None:
    now = Hands()
    uploads = OpenUploads(now)
    for number in range(MAX_OPEN):
        uploads.add(OLGA, str(number))
    with pytest.raises(UploadTooMany):
        uploads.add(OLGA, "one more")
    uploads.remove(OLGA, "0")
    uploads.add(OLGA, "one more")
    now.at += COUNTED_S
    uploads.add(OLGA, "another")


def test_members_whose_files_are_all_too_old_are_forgotten() -> None:
    now = Hands()
    uploads = OpenUploads(now)
    uploads.add(OLGA, "first")
    now.at += COUNTED_S / 2
    uploads.add(MAX, "second")
    now.at += COUNTED_S / 2
    uploads.forget_old()
    assert len(uploads) == 1
