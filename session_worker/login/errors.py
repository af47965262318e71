"""What can go wrong while logging in at Telegram, as facts."""

from typing import Final

from telethon import errors

from chalicelib.kernel.errors import Blame, Conflict, Fact, Forbidden, Invalid
from session_worker.telegram import outcomes


class LoginCodeWrong(Invalid):
    """Telegram sent another code."""

    code = "login-code-wrong"
    title = "That is not the code Telegram sent."


class LoginCodeExpired(Invalid):
    """The code was right once."""

    code = "login-code-expired"
    title = "The code has expired. Ask for a new one."


class LoginPasswordWrong(Invalid):
    """Not the account's cloud password."""

    code = "login-password-wrong"
    title = "That is not this account's cloud password."


class PhoneNumberInvalid(Invalid):
    """Telegram can't read the number."""

    code = "phone-number-invalid"
    title = "This is not a phone number Telegram knows how to call."


class PhoneNumberUnknown(Invalid):
    """Nobody uses Telegram with this number; accounts are made in Telegram's own apps only."""

    code = "phone-number-unknown"
    title = "There is no Telegram account with this number."


class PhoneNumberBanned(Forbidden):
    """Telegram has closed the account of this number."""

    code = "phone-number-banned"
    title = "Telegram has banned this number."


class LoginNotOpen(Conflict):
    """A code or password without a login that waits for one."""

    code = "login-not-open"
    title = "No login is waiting for this. Begin again."


class LoginExpired(Conflict):
    """It took longer than ten minutes."""

    code = "login-expired"
    title = "The login took too long. Begin again."


class LoginNotPossible(Conflict):
    """Telegram asks for something only its own apps can do, such as setting up an e-mail address."""

    code = "login-not-possible"
    title = "Telegram wants this login to be made differently. Try the QR code."


def _code_wrong() -> Fact:
    return LoginCodeWrong(blames=(Blame("/code", "wrong"),))


def _code_expired() -> Fact:
    return LoginCodeExpired(blames=(Blame("/code", "expired"),))


def _password_wrong() -> Fact:
    return LoginPasswordWrong(blames=(Blame("/password", "wrong"),))


def _number_invalid() -> Fact:
    return PhoneNumberInvalid(blames=(Blame("/phone", "invalid"),))


def number_unknown() -> Fact:
    """The refusal of a number without an account."""
    return PhoneNumberUnknown(blames=(Blame("/phone", "no account"),))


_FACTS: Final = {
    errors.PhoneCodeInvalidError: _code_wrong,
    errors.PhoneCodeEmptyError: _code_wrong,
    errors.PhoneCodeExpiredError: _code_expired,
    errors.PasswordHashInvalidError: _password_wrong,
    errors.PhoneNumberInvalidError: _number_invalid,
    errors.PhoneNumberUnoccupiedError: number_unknown,
    errors.PhoneNumberBannedError: PhoneNumberBanned,
}


def fact_of(error: BaseException) -> Fact:
    """What an error during a login means; floods and outages mean what they always mean."""
    make = _FACTS.get(type(error))
    return outcomes.fact_of(error) if make is None else make()
