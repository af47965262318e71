"""What the journal is for: browsers follow it, members read it, Admins take it away as a file."""

from chalicelib.features.journal.use_cases.activity import oldest_activity, read_activity
from chalicelib.features.journal.use_cases.archive import keep_entries, kept_entries
from chalicelib.features.journal.use_cases.changes import (
    change_of,
    is_watched,
    open_hint,
    read_changes,
    tell_watchers,
    unwatch,
    watch,
)
from chalicelib.features.journal.use_cases.exports import (
    EXPORT,
    REMOVAL,
    get_export,
    remove_export,
    request_export,
    write_export,
)

__all__ = [
    "EXPORT",
    "REMOVAL",
    "change_of",
    "get_export",
    "is_watched",
    "keep_entries",
    "kept_entries",
    "oldest_activity",
    "open_hint",
    "read_activity",
    "read_changes",
    "remove_export",
    "request_export",
    "tell_watchers",
    "unwatch",
    "watch",
    "write_export",
]
