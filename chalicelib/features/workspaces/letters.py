"""The letters workspaces send."""

from typing import Final

from chalicelib.adapters.mail import Letter


def invitation(*, to: str, inviter_name: str, workspace_name: str, link: str) -> Letter:
    """Asks somebody into a workspace."""
    return Letter(
        to=to,
        subject=f"{inviter_name} invites you to {workspace_name} on Wireroom",
        paragraphs=(
            f"{inviter_name} invites you to work together in {workspace_name} on Wireroom.",
            "The link is good for seven days and for one person. If you don't know the sender, ignore this letter.",
        ),
        link=link,
        link_text="Accept the invitation",
        reason="You get this letter because somebody entered this address at Wireroom.",
    )


def leaving_approved(*, to: str, full_name: str, workspace_name: str) -> Letter:
    """Tells somebody that they have left, as they asked."""
    return Letter(
        to=to,
        subject=f"You have left {workspace_name}",
        paragraphs=(
            f"Hello {full_name},",
            f"your request to leave {workspace_name} was approved, and you are no longer a member.",
            "Telegram accounts you connected there are logged out of Wireroom; in Telegram nothing changes.",
        ),
        reason=_ASKED_TO_LEAVE,
    )


def leaving_denied(*, to: str, full_name: str, workspace_name: str) -> Letter:
    """Tells somebody that they stay."""
    return Letter(
        to=to,
        subject=f"Your request to leave {workspace_name} was denied",
        paragraphs=(
            f"Hello {full_name},",
            f"your request to leave {workspace_name} was denied, and you are still a member.",
            "Talk to an Admin or Owner of the workspace. You can ask again at any time.",
        ),
        reason=_ASKED_TO_LEAVE,
    )


_ASKED_TO_LEAVE: Final = "You get this letter because you asked to leave a workspace on Wireroom."
