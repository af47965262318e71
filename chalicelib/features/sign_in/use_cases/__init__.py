"""What people do to get in, to stay in and to get out: sign in and out, end sessions, keep a second factor."""

from chalicelib.features.sign_in.use_cases.own_sessions import (
    end_one,
    end_others,
)
from chalicelib.features.sign_in.use_cases.refusals import (
    NOTE_REFUSAL,
)
from chalicelib.features.sign_in.use_cases.second_factor import (
    TELL_WORKSPACES,
    remove_second_factor,
    renew_backup_codes,
    set_up,
    tell_workspaces,
    turn_off,
    turn_on,
)
from chalicelib.features.sign_in.use_cases.signing_in import SignedIn, admit, finish_sign_in, sign_in, sign_out

__all__ = [
    "NOTE_REFUSAL",
    "TELL_WORKSPACES",
    "SignedIn",
    "admit",
    "end_one",
    "end_others",
    "finish_sign_in",
    "remove_second_factor",
    "renew_backup_codes",
    "set_up",
    "sign_in",
    "sign_out",
    "tell_workspaces",
    "turn_off",
    "turn_on",
]
