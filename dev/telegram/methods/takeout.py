"""Takeouts: exporting everything with softer limits, which the account's owner has to allow on a device of theirs.

Source: https://core.telegram.org/api/takeout. What is asked within one comes wrapped in `invokeWithTakeout`.
"""

from datetime import timedelta
from math import ceil

from telethon.tl import types

from dev.telegram.methods.call import Call, method
from dev.telegram.refusals import Refused
from dev.telegram.tl import Tl


@method("account.InitTakeoutSession")
def init_takeout_session(call: Call) -> Tl:
    """Begin one in place of any before, once the owner has allowed it or the time to say no is up."""
    key = call.key
    if key.takeout_from is None:
        key.takeout_from = call.now + timedelta(seconds=call.service.rules.takeout_delay_s)
    wait_s = ceil((key.takeout_from - call.now).total_seconds())
    if wait_s > 0:
        raise Refused(f"TAKEOUT_INIT_DELAY_{wait_s}")
    key.takeout_id = call.service.rng.getrandbits(62) + 1
    return types.account.Takeout(key.takeout_id)


@method("account.FinishTakeoutSession")
def finish_takeout_session(call: Call) -> bool:
    """End the one it is asked within; what is asked with its id afterwards is refused."""
    if call.takeout_id is None:
        raise Refused("TAKEOUT_REQUIRED")
    call.key.takeout_id = None
    return True
