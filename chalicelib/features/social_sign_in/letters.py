"""The letters social sign-in sends."""

from chalicelib.adapters.mail import Letter
from chalicelib.features.social_sign_in.model import Provider


def prove_address(*, to: str, provider: Provider, link: str) -> Letter:
    """Asks somebody who came by a provider to show that the address is theirs; goes to strangers as well."""
    return Letter(
        to=to,
        subject="Confirm your e-mail address",
        paragraphs=(
            "Hello,",
            f"somebody, probably you, is signing in to Wireroom with {provider.label} and gave this address.",
            "Please confirm that it is yours, in the browser you began in. The link works once, for 15 minutes.",
            "If it was not you, ignore this letter.",
        ),
        link=link,
        link_text="Confirm this address",
        reason="You get this letter because somebody gave this address at Wireroom.",
    )


def login_linked(*, to: str, full_name: str, provider: Provider, link: str) -> Letter:
    """Tells somebody that their account can be opened another way from now on."""
    return _notice(
        to=to,
        full_name=full_name,
        subject=f"{provider.label} was linked to your account",
        what=f"from now on you can sign in to Wireroom with {provider.label}.",
        link=link,
    )


def login_unlinked(*, to: str, full_name: str, provider: Provider, link: str) -> Letter:
    """Tells somebody that their account can't be opened that way any more."""
    return _notice(
        to=to,
        full_name=full_name,
        subject=f"{provider.label} was unlinked from your account",
        what=f"{provider.label} no longer signs you in to Wireroom.",
        link=link,
    )


def _notice(*, to: str, full_name: str, subject: str, what: str, link: str) -> Letter:
    return Letter(
        to=to,
        subject=subject,
        paragraphs=(
            f"Hello {full_name},",
            what,
            "If it was not you who did this, look at your sign-in settings now and end the sessions you do not know.",
        ),
        link=link,
        link_text="Sign-in settings",
    )
