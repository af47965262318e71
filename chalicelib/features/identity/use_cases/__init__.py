"""What people do about their accounts: sign up, get back in, change what they are called and sign in with."""

from chalicelib.features.identity.use_cases.accounts import (
    actor_of,
    check_there,
    check_ways_in,
    end_all,
    find_person,
    get_person,
    get_profile,
    is_staff,
    list_people,
    renew_hash,
    require_confirmed_email,
)
from chalicelib.features.identity.use_cases.belonging import (
    accept_invite,
    create_invite,
    create_workspace,
    issue_pass,
    resend_invite,
    tell_leaver,
    tell_of_session,
    transfer_ownership,
)
from chalicelib.features.identity.use_cases.email import (
    MAIL_MOVE_LINK,
    change_email,
    confirm_email_change,
    mail_move_link,
    send_verification,
    verify_email,
)
from chalicelib.features.identity.use_cases.log import (
    read_log,
)
from chalicelib.features.identity.use_cases.password import change_password
from chalicelib.features.identity.use_cases.profile import (
    CARRY_NAME,
    accept_documents,
    carry_name,
    get_me,
    update_profile,
)
from chalicelib.features.identity.use_cases.proving import (
    accept_code,
    reauthenticate,
)
from chalicelib.features.identity.use_cases.recovery import (
    MAIL_RESET_LINK,
    ask_for_reset,
    finish_reset,
    mail_reset_link,
)
from chalicelib.features.identity.use_cases.signing_up import person_of, sign_up, sign_up_with_login

__all__ = [
    "CARRY_NAME",
    "MAIL_MOVE_LINK",
    "MAIL_RESET_LINK",
    "accept_code",
    "accept_documents",
    "accept_invite",
    "actor_of",
    "ask_for_reset",
    "carry_name",
    "change_email",
    "change_password",
    "check_there",
    "check_ways_in",
    "confirm_email_change",
    "create_invite",
    "create_workspace",
    "end_all",
    "find_person",
    "finish_reset",
    "get_me",
    "get_person",
    "get_profile",
    "is_staff",
    "issue_pass",
    "list_people",
    "mail_move_link",
    "mail_reset_link",
    "person_of",
    "read_log",
    "reauthenticate",
    "renew_hash",
    "require_confirmed_email",
    "resend_invite",
    "send_verification",
    "sign_up",
    "sign_up_with_login",
    "tell_leaver",
    "tell_of_session",
    "transfer_ownership",
    "update_profile",
    "verify_email",
]
