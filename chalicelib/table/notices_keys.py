"""Key patterns of notifications and reminders, spelled here as the others are in table/keys."""

from chalicelib.kernel.ids import NoticeId, UserId
from chalicelib.table.keys import Partition


def member_partition(user_id: UserId) -> Partition:
    """What is one member's own in a workspace: what they are told and what they are to be reminded of."""
    return Partition(f"#MEMBER#{user_id}")


# Sort keys in a member's partition

NOTICES = "NOTICE#"


def notice(notice_id: NoticeId) -> str:
    """Something the member is told; ids sort by time."""
    return f"{NOTICES}{notice_id}"


def notice_of(sk: str) -> NoticeId:
    """The notice a row of NOTICES is."""
    return NoticeId(sk.removeprefix(NOTICES))
