"""Key patterns of comments, spelled here as the others are in table/keys."""

from chalicelib.kernel.ids import ChatId, CommentId
from chalicelib.table.keys import Partition


def chat_comments(chat_id: ChatId) -> Partition:
    """The comments on a chat."""
    return Partition(f"#CHAT#{chat_id}")


def ticket_comments(ticket_id: str) -> Partition:
    """The comments on a ticket."""
    return Partition(f"#TICKET#{ticket_id}")


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
