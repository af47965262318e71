"""Due work of identity: what a request leaves to do so that it takes equally long, and what was cut short."""

from chalicelib.adapters.mail import Mail
from chalicelib.features.identity import use_cases
from chalicelib.kernel import clock
from chalicelib.kernel.ids import UserId
from chalicelib.table.due import Due


def mail_reset_link(due: Due) -> None:
    """Mail the link that sets another password: {email}."""
    use_cases.mail_reset_link(due.facts["email"], installation=due.installation, mail=Mail())


def mail_move_link(due: Due) -> None:
    """Mail the link that moves an account to another address: {user_id, email, version}."""
    user_id, email, version = UserId(due.facts["user_id"]), due.facts["email"], int(due.facts["version"])
    use_cases.mail_move_link(user_id, email, version, installation=due.installation, mail=Mail())


def carry_name(due: Due) -> None:
    """Copy what somebody is called now to where it was not changed yet: {user_id}."""
    use_cases.carry_name(UserId(due.facts["user_id"]), installation=due.installation)


def tell_leaver(due: Due) -> None:
    """Tell somebody what became of their request to leave: {user_id, workspace_name, is_approved}."""
    use_cases.tell_leaver(
        UserId(due.facts["user_id"]),
        workspace_name=due.facts["workspace_name"],
        is_approved=due.facts["is_approved"],
        installation=due.installation,
        mail=Mail(),
    )


def tell_of_session(due: Due) -> None:
    """Tell somebody that an account of theirs has a new session at Telegram: {user_id, and what the letter says}."""
    facts = due.facts
    use_cases.tell_of_session(
        UserId(facts["user_id"]),
        account_name=facts["account_name"],
        device=facts["device"],
        place=facts["place"],
        since=clock.from_wire(facts["since"]),
        link=facts["link"],
        installation=due.installation,
        mail=Mail(),
    )
