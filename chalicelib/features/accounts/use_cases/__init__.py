"""What people and the session worker do with accounts and connections.

Called from Lambdas and, through the worker's door to threads, from the session worker.
"""

from chalicelib.features.accounts.use_cases.changing import (
    forget_holder,
    label_account,
    leave_out,
    resume_sending,
)
from chalicelib.features.accounts.use_cases.connecting import (
    BY_DEPARTURE,
    BY_MEMBER,
    LOGGING_OUT,
    UNPAID,
    connect_account,
    destroy_connection,
    end_connections_of,
    finish_disconnect,
    request_disconnect,
)
from chalicelib.features.accounts.use_cases.custody import (
    keep_hashes,
    keep_session,
    keep_update_state,
    load_custody,
    set_state,
    shard_members,
    take_connection,
)
from chalicelib.features.accounts.use_cases.proxies import give_proxy, remove_proxy
from chalicelib.features.accounts.use_cases.reading import (
    connected_accounts,
    demand_connected,
    get_account,
    is_connected,
    is_member_connected,
    known_account,
    known_accounts,
    left_out_of,
    list_accounts,
)
from chalicelib.features.accounts.use_cases.suspending import end_suspended, settle_coverage

__all__ = [
    "BY_DEPARTURE",
    "BY_MEMBER",
    "LOGGING_OUT",
    "UNPAID",
    "connect_account",
    "connected_accounts",
    "demand_connected",
    "destroy_connection",
    "end_connections_of",
    "end_suspended",
    "finish_disconnect",
    "forget_holder",
    "get_account",
    "give_proxy",
    "is_connected",
    "is_member_connected",
    "keep_hashes",
    "keep_session",
    "keep_update_state",
    "known_account",
    "known_accounts",
    "label_account",
    "leave_out",
    "left_out_of",
    "list_accounts",
    "load_custody",
    "remove_proxy",
    "request_disconnect",
    "resume_sending",
    "set_state",
    "settle_coverage",
    "shard_members",
    "take_connection",
]
