"""What people do beside their work in a workspace: sign up and in, change how they do, get back in."""

from chalicelib.features.identity.repository import DEVICE_KNOWN
from chalicelib.features.identity.use_cases.belonging import (
    Pass,
    accept_invite,
    create_workspace,
    issue_pass,
    transfer_ownership,
)
from chalicelib.features.identity.use_cases.email import (
    MAIL_MOVE_LINK,
    ChangeEmail,
    change_email,
    mail_move_link,
    send_verification,
    verify_email,
)
from chalicelib.features.identity.use_cases.ending import (
    END_SESSIONS,
    end_one,
    end_others,
    end_outdated,
    list_sessions,
    outdate_sessions,
    sign_out,
)
from chalicelib.features.identity.use_cases.log import read_log
from chalicelib.features.identity.use_cases.password import ChangePassword, change_password
from chalicelib.features.identity.use_cases.profile import (
    Me,
    UpdateProfile,
    accept_documents,
    find_person,
    get_me,
    get_person,
    get_profile,
    list_people,
    update_profile,
)
from chalicelib.features.identity.use_cases.proving import reauthenticate
from chalicelib.features.identity.use_cases.recovery import (
    MAIL_RESET_LINK,
    FinishReset,
    ask_for_reset,
    finish_reset,
    mail_reset_link,
)
from chalicelib.features.identity.use_cases.refusals import NOTE_REFUSAL
from chalicelib.features.identity.use_cases.second_factor import (
    TELL_WORKSPACES,
    Setup,
    has_second_factor,
    remove_second_factor,
    renew_backup_codes,
    second_factor_used_since,
    set_up,
    tell_workspaces,
    turn_off,
    turn_on,
)
from chalicelib.features.identity.use_cases.signing_in import SignIn, admit, finish_sign_in, sign_in
from chalicelib.features.identity.use_cases.signing_up import (
    SignedUp,
    SignUp,
    SignUpWithLogin,
    sign_up,
    sign_up_with_login,
)
from chalicelib.features.identity.use_cases.visits import Challenged, SignedIn, Visit

__all__ = [
    "DEVICE_KNOWN",
    "END_SESSIONS",
    "MAIL_MOVE_LINK",
    "MAIL_RESET_LINK",
    "NOTE_REFUSAL",
    "TELL_WORKSPACES",
    "Challenged",
    "ChangeEmail",
    "ChangePassword",
    "FinishReset",
    "Me",
    "Pass",
    "Setup",
    "SignIn",
    "SignUp",
    "SignUpWithLogin",
    "SignedIn",
    "SignedUp",
    "UpdateProfile",
    "Visit",
    "accept_documents",
    "accept_invite",
    "admit",
    "ask_for_reset",
    "change_email",
    "change_password",
    "create_workspace",
    "end_one",
    "end_others",
    "end_outdated",
    "find_person",
    "finish_reset",
    "finish_sign_in",
    "get_me",
    "get_person",
    "get_profile",
    "has_second_factor",
    "issue_pass",
    "list_people",
    "list_sessions",
    "mail_move_link",
    "mail_reset_link",
    "outdate_sessions",
    "read_log",
    "reauthenticate",
    "remove_second_factor",
    "renew_backup_codes",
    "second_factor_used_since",
    "send_verification",
    "set_up",
    "sign_in",
    "sign_out",
    "sign_up",
    "sign_up_with_login",
    "tell_workspaces",
    "transfer_ownership",
    "turn_off",
    "turn_on",
    "update_profile",
    "verify_email",
]
