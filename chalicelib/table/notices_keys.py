"""Key patterns of notifications and reminders, spelled here as the others are in table/keys."""

from chalicelib.kernel.ids import NoticeId, UserId
from chalicelib.table.keys import Partition


def member_partition(user_id: UserId) -> Partition:
    """What is one member's own in a workspace: what they are told and what they are to be reminded of."""
    return Partition(f"#MEMBER#{user_id}")


def member_of(pk: str) -> UserId:
    """Whose partition it is."""
    return UserId(pk.rpartition("#")[2])


# Sort keys in a member's partition

NOTICES = "NOTICE#"
NOTICES_END = "NOTICE$"
"""After every notice: `$` follows `#`."""
READ_UP_TO = "READUPTO"
"""Up to which notice the member has read all of them at once."""


def notice(notice_id: NoticeId) -> str:
    """Something the member is told; ids sort by time."""
    return f"{NOTICES}{notice_id}"


def notice_of(sk: str) -> NoticeId:
    """The notice a row of NOTICES is."""
    return NoticeId(sk.removeprefix(NOTICES))


# A sort key in a person's own partition, `USER#<u>`

PREFERENCES = "NOTIFYING"
"""How the person wants to be told of what, in all of their workspaces."""
