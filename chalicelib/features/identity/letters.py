"""The letters identity sends. None carries a secret but in a link that its reader asked for."""

from datetime import datetime
from typing import Final

from chalicelib import settings
from chalicelib.adapters.mail import Letter
from chalicelib.features.identity.model import User
from chalicelib.table.proof import Caller

_BROWSERS: Final = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "a Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
_SECURITY: Final = (
    "You get this letter because it is about how you sign in to Wireroom; such letters can't be turned off."
)
_ASKED: Final = "You get this letter because somebody entered this address at Wireroom."


def confirm_address(user: User, *, link: str) -> Letter:
    """Asks a person to show that the address of their account is theirs."""
    return Letter(
        to=user.email,
        subject="Confirm your e-mail address",
        paragraphs=(
            _greeting(user),
            "please confirm that this address is yours. The link is good for 24 hours and works once.",
            "If you did not ask for this, ignore this letter.",
        ),
        link=link,
        link_text="Confirm this address",
        reason=_ASKED,
    )


def confirm_move(*, to: str, link: str) -> Letter:
    """Asks whoever reads an address to move their account to it. Strangers may have entered it: nobody is named."""
    return Letter(
        to=to,
        subject="Use this address for your account",
        paragraphs=(
            "Hello,",
            "somebody, probably you, wants to use this address for their Wireroom account from now on.",
            "Open the link where you are signed in to that account. It is good for 24 hours and works once.",
            "If it was not you, ignore this letter.",
        ),
        link=link,
        link_text="Use this address",
        reason=_ASKED,
    )


def account_exists(user: User, *, link: str) -> Letter:
    """Tells the holder of an account that somebody signed up with their address."""
    return Letter(
        to=user.email,
        subject="You already have a Wireroom account",
        paragraphs=(
            _greeting(user),
            "somebody, probably you, just tried to sign up to Wireroom with this address.",
            "It has an account already, and nothing about it was changed: sign in with the password you chose then.",
            "If it was not you, there is nothing to do.",
        ),
        link=link,
        link_text="Sign in",
        reason=_ASKED,
    )


def account_waits(user: User, *, link: str) -> Letter:
    """Tells whoever reads an address that nobody confirmed it, and makes the account that waits under it theirs."""
    return Letter(
        to=user.email,
        subject="Finish signing up",
        paragraphs=(
            _greeting(user),
            "somebody, probably you, signed up to Wireroom with this address more than once and never confirmed it.",
            "Choose a password, and the account is yours alone. The link is good for 30 minutes and works once.",
            "If you did not ask for this, ignore this letter.",
        ),
        link=link,
        link_text="Choose a password",
        reason=_ASKED,
    )


def address_wanted(user: User) -> Letter:
    """Tells the holder of an account that somebody wanted to move theirs to the same address."""
    return Letter(
        to=user.email,
        subject="Somebody entered your e-mail address",
        paragraphs=(
            _greeting(user),
            "somebody tried to make this address the one of another Wireroom account. Nothing was changed.",
            "If it was you: one address is good for one account. If it was not, there is nothing to do.",
        ),
        reason=_ASKED,
    )


def reset_password(user: User, *, link: str) -> Letter:
    """Carries the link that sets another password."""
    return Letter(
        to=user.email,
        subject="Set a new password",
        paragraphs=(
            _greeting(user),
            "somebody, probably you, asked for a new password. The link is good for 30 minutes and works once.",
            "If it was not you, ignore this letter: your password stays as it is.",
        ),
        link=link,
        link_text="Set a new password",
        reason=_ASKED,
    )


def new_device(user: User, caller: Caller, at: datetime) -> Letter:
    """Tells a person that somebody signed in with a browser that was not known."""
    said = ("somebody signed in to your account with a browser that it did not know:", _where(caller, at))
    return _notice(user, "New sign-in to your account", *said)


def password_changed(user: User, caller: Caller, at: datetime) -> Letter:
    """Tells a person that their password is another one."""
    said = ("the password of your account was changed, and every other session signed out:", _where(caller, at))
    return _notice(user, "Your password was changed", *said)


def second_factor_on(user: User, caller: Caller, at: datetime) -> Letter:
    """Tells a person that a second factor is asked for from now on."""
    said = ("from now on your account asks for a code besides your password. It was turned on:", _where(caller, at))
    return _notice(user, "Your second factor is on", *said)


def second_factor_off(user: User, caller: Caller, at: datetime) -> Letter:
    """Tells a person that no second factor is asked for any more."""
    said = ("your account asks for no code any more. The second factor was turned off:", _where(caller, at))
    return _notice(user, "Your second factor is off", *said)


def backup_codes_made(user: User, caller: Caller, at: datetime) -> Letter:
    """Tells a person that there are other backup codes."""
    said = ("new backup codes were made for your account; the old ones work no more:", _where(caller, at))
    return _notice(user, "New backup codes", *said)


def backup_code_used(user: User, *, left: int) -> Letter:
    """Tells a person that a backup code was used, and how many are left."""
    codes = "1 backup code is" if left == 1 else f"{left} backup codes are"
    said = (f"a backup code of your account was just used. {codes} left; make new ones before they run out.",)
    return _notice(user, "A backup code was used", *said)


def email_change_asked(user: User, email: str, caller: Caller, at: datetime) -> Letter:
    """Tells the present address that the account is to move to another."""
    said = (
        f"your account is to use another e-mail address: {email}. It does as soon as the link sent there is opened.",
        _where(caller, at),
    )
    return _notice(user, "Your e-mail address is about to change", *said)


def email_changed(user: User, email: str, at: datetime) -> Letter:
    """Tells the former address, `user` being as before, that the account moved to another."""
    said = (f"since {_said(at)} your account uses another e-mail address: {email}. This one works no more.",)
    return _notice(user, "Your e-mail address was changed", *said)


def _greeting(user: User) -> str:
    """By name only where the address is shown to be theirs: else a stranger chose what we call its reader."""
    return f"Hello {user.full_name}," if user.is_email_verified else "Hello,"


def _notice(user: User, subject: str, *paragraphs: str) -> Letter:
    return Letter(
        to=user.email,
        subject=subject,
        preview=paragraphs[0],
        paragraphs=(
            _greeting(user),
            *paragraphs,
            "If it was you, there is nothing to do. If not, set a new password now and look through your sessions.",
        ),
        link=f"{settings.current().public_origin}/settings/security",
        link_text="Look at your security settings",
        reason=_SECURITY,
    )


def _where(caller: Caller, at: datetime) -> str:
    return f"{_said(at)}, {described(caller.device)}, from the address {caller.address or 'unknown'}."


def _said(at: datetime) -> str:
    return f"{at:%-d %B %Y, %H:%M} UTC"


def described(device: str) -> str:
    """A browser and its system in words of ours: whoever signs in writes their user agent, and no letter repeats it."""
    browser = next((name for mark, name in _BROWSERS if mark in device), "an unknown browser")
    system = next((f" on {name}" for mark, name in _SYSTEMS if mark in device), "")
    return browser + system
