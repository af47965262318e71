"""What a workspace knows of its accounts, and what one member may see of them."""

from chalicelib.features.accounts import repository
from chalicelib.features.accounts.model import (
    Account,
    AccountCard,
    Connection,
    ConnectionState,
    state_of,
)
from chalicelib.features.accounts.repository import Accounts, Connections
from chalicelib.features.accounts.use_cases.steps import member_of
from chalicelib.features.session_watch import use_cases as session_watch
from chalicelib.features.standing import use_cases as standing
from chalicelib.features.standing.model import UNBLEMISHED, Standing
from chalicelib.kernel.chat_kinds import ChatKind
from chalicelib.kernel.errors import Fact
from chalicelib.kernel.ids import AccountId, UserId
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant


def list_accounts(tenant: Tenant) -> list[AccountCard]:
    """Every account with who is connected to it: two queries and three batch reads. Sorted by label."""
    accounts = Accounts(tenant)
    known = sorted(accounts.all(), key=lambda account: (account.label.casefold(), account.id))
    return _cards(known, accounts, tenant)


def get_account(account_id: AccountId, *, tenant: Tenant) -> AccountCard:
    """One account with who is connected to it. Raises AccountNotFound."""
    accounts = Accounts(tenant)
    return _cards([accounts.require(account_id)], accounts, tenant)[0]


def _cards(known: list[Account], accounts: Accounts, tenant: Tenant) -> list[AccountCard]:
    full_names = accounts.member_names()
    holders = [(account.id, user_id) for account in known for user_id in account.holders if user_id in full_names]
    found = repository.connections_of(tenant, holders)
    viewer = None if tenant.member is None else tenant.member.user_id
    standings = standing.standings_of([account.id for account in known], tenant=tenant)
    own = [one for one in found if one.user_id == viewer and one.state != ConnectionState.DISCONNECTED]
    unknown = session_watch.unknown_sessions([(one.account_id, one.id) for one in own], tenant=tenant)
    unknown_of = {one.account_id: unknown.get(one.id, 0) for one in own}
    return [
        _card(
            account,
            [(one, full_names[one.user_id]) for one in found if one.account_id == account.id],
            standings.get(account.id, UNBLEMISHED),
            unknown_of.get(account.id, 0),
            tenant,
        )
        for account in known
    ]


def _card(
    account: Account,
    connections: list[tuple[Connection, str]],
    found: Standing,
    unknown_sessions: int,
    tenant: Tenant,
) -> AccountCard:
    viewer, at = None if tenant.member is None else tenant.member.user_id, tenant.now()
    return AccountCard(
        account=account,
        standing=found,
        state=state_of(found, [one for one, _ in connections], viewer, at),
        at=at,
        unknown_sessions=unknown_sessions,
        connections=tuple(connections),
        is_mine=viewer is not None and account.is_held_by(viewer),
    )


def known_accounts(tenant: Tenant) -> list[Account]:
    """Every account of the workspace, by id: one query."""
    return sorted(Accounts(tenant).all(), key=lambda account: account.id)


def known_account(account_id: AccountId, *, tenant: Tenant) -> Account:
    """One account: one read unit. Raises AccountNotFound."""
    return Accounts(tenant).require(account_id)


def left_out_of(account_id: AccountId, *, tenant: Tenant) -> frozenset[ChatKind]:
    """Which kinds of an account's chats stay out of the workspace when they are first seen: one read unit."""
    account = Accounts(tenant).get(account_id)
    return frozenset() if account is None else account.left_out


def connected_accounts(tenant: Tenant) -> list[AccountId]:
    """The accounts the member has a connection to that they have not ended: one query."""
    user_id = member_of(tenant)
    return [account.id for account in Accounts(tenant).all() if account.is_held_by(user_id)]


def is_member_connected(tenant: Tenant, account_id: AccountId, user_id: UserId) -> bool:
    """Whether a member has a connection to an account that they have not ended: one read unit."""
    connection = Connections(tenant, account_id).get(user_id)
    return connection is not None and connection.state != ConnectionState.DISCONNECTED


def is_connected(tenant: Tenant, account_id: AccountId) -> bool:
    """Whether the member may see the private side of an account's chats (product.md section 1.3): one read unit."""
    return tenant.member is not None and is_member_connected(tenant, account_id, tenant.member.user_id)


def demand_connected(
    change: JournalledTransaction, account_id: AccountId, user_id: UserId, refusal: Fact, *, tenant: Tenant
) -> None:
    """Have a change stand only while somebody is a member and connected to an account: two conditions, no read.

    Else its commit raises `refusal`.
    """
    Accounts(tenant).demand_member(change, user_id, refusal)
    Connections(tenant, account_id).demand_open(change, user_id, refusal)
