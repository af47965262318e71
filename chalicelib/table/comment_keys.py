"""Key patterns of comments, spelled here as the others are in table/keys."""

from chalicelib.kernel.ids import ChatId, CommentId
from chalicelib.table.keys import Partition, partition


def chat_comments(chat_id: ChatId) -> Partition:
    """The comments on a chat."""
    return Partition(f"#CHAT#{chat_id}")


def ticket_comments(ticket_id: str) -> Partition:
    """The comments on a ticket."""
    return Partition(f"#TICKET#{ticket_id}")


CHATS_COMMENTED = "#CHAT#"
TICKETS_COMMENTED = "#TICKET#"
"""Begin the suffixes of these partitions, as the tenant's list of partitions has them."""
_ID_ENDS = "$"
"""After every id behind `#`."""


def commented_after(beginning: str, subject_id: str) -> tuple[str, str]:
    """Between which sort keys of the list of partitions those lie whose subjects follow one; all for an empty id."""
    return partition(Partition(beginning + subject_id)), partition(Partition(beginning[:-1] + _ID_ENDS))


def commented_of(sk: str) -> str:
    """The id of the subject whose partition a row of that list names."""
    return sk.rpartition("#")[2]


# Sort keys in either

COMMENTS = "COMMENT#"
COMMENTS_END = "COMMENT$"
"""After every comment: `$` follows `#`."""
COUNTS = "COUNTS"
"""How many comments a ticket has."""


def comment(comment_id: CommentId) -> str:
    """A comment. An answer's id begins with that of what it answers, so that a thread lies together, oldest first."""
    return f"{COMMENTS}{comment_id}"


def comment_of(sk: str) -> CommentId:
    """The comment a row of COMMENTS is."""
    return CommentId(sk.removeprefix(COMMENTS))
