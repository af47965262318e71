"""The letters about deletions, erasings and hard resets."""

from datetime import datetime
from typing import Final

from chalicelib.adapters.mail import Letter

AS_OWNER: Final = "You get this letter because you are an Owner of this workspace."
AS_MEMBER: Final = "You get this letter because you were a member of this workspace. There will be no other about it."
AS_HOLDER: Final = "You get this letter because this was the address of the account. We keep it no longer."


def workspace_deletion(*, to: str, full_name: str, workspace_name: str, at: datetime, can_undo: bool) -> Letter:
    """Tells an Owner that a workspace is to be erased."""
    ending = (
        f"Nobody can reach it any more. Until {_day(at)} any Owner can take this back, in the list of workspaces; "
        "then everything in it is erased, and nobody can bring it back."
        if can_undo
        else "Erasing has begun: nobody can reach it any more, and nobody can bring it back."
    )
    return Letter(
        to=to,
        subject=f"{workspace_name} is being deleted",
        paragraphs=(
            f"Hello {full_name},",
            f"an Owner of {workspace_name} asked for the workspace to be deleted.",
            ending,
        ),
        reason=AS_OWNER,
    )


def workspace_deletion_undone(*, to: str, full_name: str, workspace_name: str) -> Letter:
    """Tells an Owner that a workspace stays."""
    return Letter(
        to=to,
        subject=f"{workspace_name} stays",
        paragraphs=(f"Hello {full_name},", f"an Owner took the deletion of {workspace_name} back. It is as it was."),
        reason=AS_OWNER,
    )


def workspace_erased(*, to: str, full_name: str, workspace_name: str, logins_left: int) -> Letter:
    """Tells somebody who was a member that a workspace is gone."""
    return Letter(
        to=to,
        subject=f"{workspace_name} was erased",
        paragraphs=(
            f"Hello {full_name},",
            (
                f"the workspace {workspace_name}, which you belonged to, is erased: the keys to everything that was "
                "sealed were destroyed, and its rows and files removed. Backups are gone within 30 days."
            ),
            *_left_at_telegram(logins_left),
        ),
        reason=AS_MEMBER,
    )


def account_deletion(*, to: str, full_name: str, at: datetime, link: str) -> Letter:
    """Gives somebody who deleted their account the way back."""
    return Letter(
        to=to,
        subject="Your Wireroom account is being deleted",
        paragraphs=(
            f"Hello {full_name},",
            (
                f"you asked for your account to be deleted. You are signed out everywhere, and on {_day(at)} "
                "everything about you is erased."
            ),
            (
                "Until then you can take this back with the link below, which works once. If it was not you who asked, "
                "use it now, and change your password."
            ),
        ),
        link=link,
        link_text="Keep my account",
    )


def account_kept(*, to: str, full_name: str) -> Letter:
    """Tells somebody that their account stays."""
    return Letter(
        to=to,
        subject="Your Wireroom account stays",
        paragraphs=(
            f"Hello {full_name},",
            "the deletion of your account was taken back. Everything is as it was; sign in as you always do.",
        ),
    )


def account_erased(*, to: str, full_name: str, logins_left: int) -> Letter:
    """The last letter somebody gets."""
    return Letter(
        to=to,
        subject="Your Wireroom account was erased",
        paragraphs=(
            f"Hello {full_name},",
            (
                "your account and everything about you is erased: the keys to what was sealed were destroyed, and the "
                "rows removed. Backups are gone within 30 days."
            ),
            *_left_at_telegram(logins_left),
        ),
        reason=AS_HOLDER,
    )


def hard_reset(*, to: str, full_name: str, link: str) -> Letter:
    """Tells somebody that all their sessions and connections end."""
    return Letter(
        to=to,
        subject="Everything was disconnected",
        paragraphs=(
            f"Hello {full_name},",
            "you are signed out of Wireroom everywhere, and your Telegram accounts are logged out of every workspace.",
            "If it was not you, somebody knows your password: choose another one now.",
        ),
        link=link,
        link_text="Choose another password",
    )


def _left_at_telegram(logins_left: int) -> tuple[str, ...]:
    """What somebody has to do where Telegram was away for a day."""
    if logins_left == 0:
        return ()
    return (
        (
            "Telegram could not be reached to log out of some accounts. Nobody can use those logins any more; to "
            "remove them from Telegram's list, end them there under Settings, Devices."
        ),
    )


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y at %H:%M} UTC"
