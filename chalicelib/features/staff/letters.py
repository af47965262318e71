"""The letters staff bring about."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.adapters.mail import Letter
from chalicelib.features.staff.model import ChangedDocument


def second_factor_is_being_reset(*, to: str, full_name: str, ends_at: datetime, link: str) -> Letter:
    """Tells a person that their second factor is on its way to be removed, and how to keep it."""
    return Letter(
        to=to,
        subject="Your second factor is being reset",
        paragraphs=(
            f"Hello {full_name},",
            "somebody, probably you, told the people who run this installation that your second factor is lost.",
            f"It will be removed at {_said(ends_at)}, and everybody who is signed in to your account signed out.",
            "If you still have it, keep it: sign in with it, or open this link. Nothing is removed then.",
        ),
        link=link,
        link_text="Keep my second factor",
    )


def second_factor_was_reset(*, to: str, full_name: str, link: str) -> Letter:
    """Tells a person that their second factor is gone."""
    return Letter(
        to=to,
        subject="Your second factor was removed",
        paragraphs=(
            f"Hello {full_name},",
            "your second factor and your backup codes were removed, as announced in three letters.",
            "Everybody who was signed in to your account was signed out.",
            "Sign in with your password, and set up a second factor again in your security settings.",
        ),
        link=link,
        link_text="Sign in",
    )


def documents_changed(*, to: str, full_name: str, changed: Sequence[ChangedDocument], link: str) -> Letter:
    """Tells a person which legal documents changed since they last saw them."""
    asks = any(document.must_accept for document in changed)
    return Letter(
        to=to,
        subject="Our legal documents changed",
        paragraphs=(
            f"Hello {full_name},",
            "these changed since you last saw them:",
            *(f"{document.title}, as of {document.version}" for document in changed),
            "Wireroom will ask you to accept them when you are there next." if asks else "There is nothing to accept.",
        ),
        link=link,
        link_text="Read them",
    )


def _said(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
