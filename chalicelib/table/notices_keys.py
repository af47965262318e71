"""Key patterns of notifications and reminders, spelled here as the others are in table/keys."""

from chalicelib.kernel.ids import NoticeId, ReminderId, UserId, WorkspaceId
from chalicelib.table.keys import InstallationKey, Partition, tenant_prefix


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


REMINDERS = "REMINDER#"


def reminder(reminder_id: ReminderId) -> str:
    """Something the member is to be reminded of."""
    return f"{REMINDERS}{reminder_id}"


def reminder_of(sk: str) -> ReminderId:
    """The reminder a row of REMINDERS is."""
    return ReminderId(sk.removeprefix(REMINDERS))


def reminders_about(kind: str, place_id: str) -> Partition:
    """A partition of the index `gsi1` alone: reminders about a chat or ticket that are not done, whosever they are."""
    return Partition(f"#REMINDERS#{kind}#{place_id}")


def listed_about(workspace_id: WorkspaceId, kind: str, place_id: str) -> str:
    """Where such a reminder lies in the index."""
    return tenant_prefix(workspace_id) + reminders_about(kind, place_id).suffix


# Sort keys in a person's own partition, `USER#<u>`

PREFERENCES = "NOTIFYING"
"""How the person wants to be told of what, in all of their workspaces."""
BOT_LINK = "BOTLINK"
"""Their chat with the reminder bot at Telegram."""


# The installation's rows


def bot_code(code_hash: str) -> InstallationKey:
    """Whose chat with the reminder bot it will be that shows a code, by the code's hash."""
    return InstallationKey(f"BOTCODE#{code_hash}")
