"""The letter that tells of a notice: who and where, never what."""

from chalicelib import settings
from chalicelib.adapters.mail import Letter
from chalicelib.features.delivery.model import ShownNotice, path_to, said
from chalicelib.kernel.ids import WorkspaceId


def notice(shown: ShownNotice, *, to: str, full_name: str, workspace_id: WorkspaceId, workspace_name: str) -> Letter:
    """Tells somebody of a notice."""
    origin, sentence = settings.current().public_origin, said(shown)
    return Letter(
        to=to,
        subject=sentence,
        preview=f"In {workspace_name}",
        paragraphs=(f"Hello {full_name},", f"{sentence}.", f"It is in the workspace {workspace_name}."),
        link=f"{origin}{path_to(shown.listed.notice, workspace_id)}",
        link_text="Open it",
        reason=f"Which of these letters you get is yours to choose: {origin}/settings/notifications",
    )
