"""The letters workspaces send."""

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
    )
