"""What people do with seats, how seats follow what is paid, and what trial and seats let into a workspace.

`apply_paid` is the only way a seat comes to be paid: billing tells it all that one payer pays for at one interval.
"""

from chalicelib.features.seats.use_cases.covering import (
    Connecting,
    check_may_connect,
    check_same_seat,
    cover_account,
    coverage_of_members,
    renew_coverage,
)
from chalicelib.features.seats.use_cases.holding import (
    admit,
    check_room,
    empty_seat_of,
    hold_for_invite,
    release_hold,
)
from chalicelib.features.seats.use_cases.managing import (
    assign_seat,
    free_seat,
    list_seats,
    set_extra_accounts,
    take_seat,
)
from chalicelib.features.seats.use_cases.paying import apply_paid

__all__ = [
    "Connecting",
    "admit",
    "apply_paid",
    "assign_seat",
    "check_may_connect",
    "check_room",
    "check_same_seat",
    "cover_account",
    "coverage_of_members",
    "empty_seat_of",
    "free_seat",
    "hold_for_invite",
    "list_seats",
    "release_hold",
    "renew_coverage",
    "set_extra_accounts",
    "take_seat",
]
