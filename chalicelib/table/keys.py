"""Every key pattern of the table; no other file spells one. docs/data-model.md explains them.

A tenant is a family of partitions whose keys begin with `WS#<workspace>`; a `Partition` is the rest of such a key, so
that code without a tenant handle has no way to name an item of a workspace. Rows of the installation (users, claims,
sessions, leases, limits, due rows) have whole partition keys, none of which begins with `WS#`.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NewType

from chalicelib.kernel.ids import (
    CHAT_LENGTH,
    MINTED_LENGTH,
    AccountId,
    ChatId,
    ClientId,
    ColumnId,
    ConnectionId,
    EntryId,
    ExportId,
    InviteId,
    SeatId,
    UserId,
    WorkspaceId,
    account_of,
)

TENANT_MARK = "WS#"
DUE_INDEX = "due"
DUE_SHARDS = 4

InstallationKey = NewType("InstallationKey", str)


@dataclass(frozen=True, slots=True)
class Partition:
    """One partition of whichever tenant the handle is bound to; `suffix` is empty or begins with `#`."""

    suffix: str


def tenant_prefix(workspace_id: WorkspaceId) -> str:
    """What every partition key of a workspace begins with."""
    return f"{TENANT_MARK}{workspace_id}"


def workspace_of(pk: str) -> WorkspaceId | None:
    """The workspace a partition key belongs to; None for the installation's."""
    return WorkspaceId(pk[len(TENANT_MARK) :][:MINTED_LENGTH]) if pk.startswith(TENANT_MARK) else None


# A tenant's partitions

WORKSPACE = Partition("")


def account_partition(account_id: AccountId) -> Partition:
    """An account's connections, chats and sends."""
    return Partition(f"#ACCT#{account_id}")


def chat_partition(chat_id: ChatId) -> Partition:
    """The account partition a chat's rows lie in."""
    return account_partition(account_of(chat_id))


def journal_partition(at: datetime, shard: int = 1) -> Partition:
    """The journal of a month."""
    return Partition(f"#JOURNAL#{at:%Y-%m}#{shard}")


JOURNALS = "#JOURNAL#"
"""Begins the suffix of every journal partition."""


def journal_owner(pk: str) -> str:
    """Whose journal a partition is: the workspace's or the person's id."""
    return pk.partition(JOURNALS)[0].rpartition("#")[2]


def journal_month(pk: str) -> str:
    """The month of a journal partition, as `2026-11`."""
    return pk.partition(JOURNALS)[2][:7]


def month_of_journal(journal: Partition) -> datetime:
    """When the month of a journal partition began."""
    return datetime.strptime(journal_month(journal.suffix), "%Y-%m").replace(tzinfo=UTC)


def feed_partition(account_id: AccountId, at: datetime) -> Partition:
    """The metadata feed of an account on a day."""
    return Partition(f"#ACCT#{account_id}#FEED#{at:%Y-%m-%d}")


STUCK = Partition("#STUCK")
"""A partition of the index `gsi1` alone: due work of the tenant that never succeeded."""
PENDING = Partition("#DUE")
"""A partition of the index `gsi1` alone: due work of the tenant that is still to be done, so that erasing finds it."""


# Sort keys in WORKSPACE

PROFILE = "PROFILE"
MEMBERS = "MEMBER#"
INVITES = "INVITE#"
SEATS = "SEAT#"
LEAVINGS = "LEAVING#"
COLUMNS = "COLUMN#"
COLUMN_KEYS = "COLUMNKEY#"
COLUMN_TALLY = "COLUMNTALLY"
ACCOUNTS = "ACCOUNT#"
PARTITIONS = "PARTITION#"
PARTITIONS_END = "PARTITION$"
"""After every row of the list of partitions: `$` follows `#`."""
WATCHES = "WATCH#"
GRANTS = "GRANT#"
EXPORTS = "EXPORT#"
EXPORT_TURN = "EXPORTTURN"
"""When the workspace's last export of its log was asked for: one a minute."""


def member(user_id: UserId) -> str:
    """A person's membership."""
    return f"{MEMBERS}{user_id}"


def invite(invite_id: InviteId) -> str:
    """An invitation, open or not."""
    return f"{INVITES}{invite_id}"


def seat(seat_id: SeatId) -> str:
    """A seat: what it is, until when it is paid, who holds it."""
    return f"{SEATS}{seat_id}"


def paying(paid_by: str, interval: str) -> str:
    """What one payer pays for at one interval, beyond the seats themselves."""
    return f"PAYING#{paid_by}#{interval}"


def leaving(user_id: UserId) -> str:
    """That a member asked to leave, or left and their connections are still being ended."""
    return f"{LEAVINGS}{user_id}"


def column(column_id: ColumnId) -> str:
    """A custom column."""
    return f"{COLUMNS}{column_id}"


def column_of(sk: str) -> ColumnId:
    """The column a row of COLUMNS is."""
    return ColumnId(sk.removeprefix(COLUMNS))


def column_key(key: str) -> str:
    """The claim on a column's stable key."""
    return f"{COLUMN_KEYS}{key}"


def account(account_id: AccountId) -> str:
    """A Telegram account known to the workspace."""
    return f"{ACCOUNTS}{account_id}"


def partition(opened: Partition) -> str:
    """The register of partitions, so that erasing can walk them."""
    return f"{PARTITIONS}{opened.suffix}"


def grant(staff_id: UserId) -> str:
    """What lets somebody of the installation's staff look at the workspace's health."""
    return f"{GRANTS}{staff_id}"


def watch(task_id: str) -> str:
    """A worker task with open browsers of this workspace."""
    return f"{WATCHES}{task_id}"


def export(export_id: ExportId) -> str:
    """An export of the activity log, until its file is removed."""
    return f"{EXPORTS}{export_id}"


def idempotency(key: str) -> str:
    """A command that was carried out; the caller's key is hashed, so its length and letters don't matter."""
    return f"IDEM#{hashlib.sha256(key.encode()).hexdigest()[:40]}"


# Sort keys in an account's partition

CONNECTIONS = "CONN#"
CHATS = "CHAT#"


def connection(user_id: UserId) -> str:
    """A member's own session on the account: one a member and account."""
    return f"{CONNECTIONS}{user_id}"


STANDING = "STANDING"
SEALS = "SEAL#"
SEALS_END = "SEAL$"


def sealed_session(connection_id: ConnectionId) -> str:
    """The sealed session string of a connection."""
    return f"{SEALS}{connection_id}"


def update_state(connection_id: ConnectionId) -> str:
    """The sealed update state of a connection."""
    return f"STATE#{connection_id}"


def entity_hashes(connection_id: ConnectionId) -> str:
    """The sealed access hashes a connection knows."""
    return f"HASHES#{connection_id}"


def sealed_proxy(connection_id: ConnectionId) -> str:
    """The sealed proxy a connection reaches Telegram through."""
    return f"PROXY#{connection_id}"


SESSION_WATCHES = "SESSIONS#"


def session_watch(connection_id: ConnectionId) -> str:
    """Which sessions at Telegram a connection has seen."""
    return f"{SESSION_WATCHES}{connection_id}"


def watched_connection(sk: str) -> ConnectionId:
    """The connection whose row of SESSION_WATCHES it is."""
    return ConnectionId(sk.removeprefix(SESSION_WATCHES))


def chat_metadata(chat_id: ChatId) -> str:
    """What the worker writes of a chat."""
    return f"{CHATS}{chat_id}#META"


def chat_values(chat_id: ChatId) -> str:
    """What people write of a chat: the values of its columns."""
    return f"{CHATS}{chat_id}#VALUES"


CHATS_END = "CHAT$"
"""After every row of every chat: `$` follows `#`."""


def after_chat(chat_id: ChatId) -> str:
    """After every row of one chat and before the next chat's."""
    return f"{CHATS}{chat_id}$"


def chat_of(sk: str) -> ChatId:
    """The chat that a row among an account's chats belongs to."""
    return ChatId(sk[len(CHATS) : len(CHATS) + CHAT_LENGTH])


def outgoing(connection_id: ConnectionId, client_id: ClientId) -> str:
    """An interactive send: ids and state, never the body."""
    return f"OUT#{connection_id}#{client_id}"


def outgoing_of(connection_id: ConnectionId) -> str:
    """Begins the sends of one connection."""
    return f"OUT#{connection_id}#"


def founding(connection_id: ConnectionId, client_id: ClientId) -> str:
    """A group or channel that a person founds: what was made, never its name."""
    return f"FOUND#{connection_id}#{client_id}"


def foundings_of(connection_id: ConnectionId) -> str:
    """Begins the foundings of one connection."""
    return f"FOUND#{connection_id}#"


# Sort keys in journal and feed partitions


def entry(entry_id: EntryId) -> str:
    """A journal or feed entry; ids sort by time."""
    return entry_id


# The installation's rows: whole partition keys, and their sort keys

ONLY = "ROW"


DELAY = "DELAY"


def limit(name: str, who: str) -> InstallationKey:
    """A rate-limit counter, its sort key the window; or, at DELAY, how many tries failed in a row."""
    return InstallationKey(f"LIMIT#{name}#{who}")


def used_pass(pass_id: str) -> InstallationKey:
    """A gateway pass that was presented: a pass is good once."""
    return InstallationKey(f"PASS#{pass_id}")


def erasing(subject: str) -> InstallationKey:
    """What is known of the erasing of a workspace or person: how far it came, and counts."""
    return InstallationKey(f"ERASING#{subject}")


def trial_of_account(telegram_user: str) -> InstallationKey:
    """That a Telegram account has had a trial, by the keyed hash of who it is: once, in whatever workspace."""
    return InstallationKey(f"TRIALACCOUNT#{telegram_user}")


LEGAL = InstallationKey("LEGAL")
ANNOUNCEMENTS = "ANNOUNCEMENT#"


def announcement(announcement_id: str) -> str:
    """The letters about changed legal documents, and how far they have come."""
    return f"{ANNOUNCEMENTS}{announcement_id}"


TASKS = InstallationKey("TASKS")


TASK_ROWS = "TASK#"


def task(task_id: str) -> str:
    """A session worker task's beat."""
    return f"{TASK_ROWS}{task_id}"


SHARD_LEASES = InstallationKey("SHARDS")
SHARD_ROWS = "SHARD#"


def shard_lease(shard: int) -> str:
    """Who owns a shard, at which epoch."""
    return f"{SHARD_ROWS}{shard:04d}"


def shard_members(shard: int) -> InstallationKey:
    """The connections that live in a shard."""
    return InstallationKey(f"SHARD#{shard:04d}")


def shard_member(connection_id: ConnectionId) -> str:
    """Where one connection of a shard is found: workspace, account, member."""
    return f"CONN#{connection_id}"


def due_row(due_id: str) -> InstallationKey:
    """Something that must happen at a time."""
    return InstallationKey(f"DUEROW#{due_id}")


def stuck_work(workspace_id: WorkspaceId | None) -> str:
    """Where due work that never succeeded lies in the index `gsi1`; without a workspace the installation's."""
    return "STUCK" if workspace_id is None else tenant_prefix(workspace_id) + STUCK.suffix


def pending_work(workspace_id: WorkspaceId) -> str:
    """Where due work of a workspace lies in the index `gsi1` until it is done or stuck."""
    return tenant_prefix(workspace_id) + PENDING.suffix


def due_partition(shard: int, lane: str = "") -> str:
    """A partition of the due index; each lane (`due.Lane`) has its own."""
    return f"DUE#{lane}{shard}"


# The keys table: wrapped data keys, apart from the data


def data_key(owner: str, purpose: str) -> tuple[str, str]:
    """The wrapped data key of an owner (a tenant or a user) for one purpose."""
    return f"KEY#{owner}", purpose
