"""The letters identity sends."""

from chalicelib.adapters.mail import Letter


def confirm_address(*, to: str, full_name: str, link: str) -> Letter:
    """Asks a person to show that the address is theirs."""
    return Letter(
        to=to,
        subject="Confirm your e-mail address",
        paragraphs=(
            f"Hello {full_name},",
            "please confirm that this address is yours. The link is good for 24 hours and works once.",
            "If you did not sign up to Wireroom, ignore this letter.",
        ),
        link=link,
        link_text="Confirm this address",
    )


def account_exists(*, to: str, full_name: str, link: str) -> Letter:
    """Tells the holder of an account that somebody signed up with their address."""
    return Letter(
        to=to,
        subject="You already have a Wireroom account",
        paragraphs=(
            f"Hello {full_name},",
            "somebody, probably you, just tried to sign up to Wireroom with this address.",
            "It has an account already, and nothing about it was changed: sign in with the password you chose then.",
            "If it was not you, there is nothing to do.",
        ),
        link=link,
        link_text="Sign in",
    )
