"""How identity refuses: every fact a person can meet while they sign up, get back in or change how they sign in."""

from chalicelib.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class UsernameInvalid(Invalid):
    """Not 3 to 32 of a-z, 0-9 and _."""

    code = "username-invalid"
    title = "Usernames have 3 to 32 small letters, digits or underscores."


class UsernameTaken(Conflict):
    """Somebody else holds the username, or one that looks like it: 0 and o, 1, l and i, rn and m, vv and w."""

    code = "username-taken"
    title = "This username is taken, or looks like one that is."


class PasswordUnfit(Invalid):
    """Too short, too long, or guessed soon (zxcvbn below 3); the detail says how to do better."""

    code = "password-unfit"
    title = "Choose another password."


class LinkNotValid(NotFound):
    """An e-mailed link is forged, too old, used, or replaced by a newer one."""

    code = "link-not-valid"
    title = "This link is not valid any more."


class EmailAlreadyVerified(Conflict):
    """There is nothing left to confirm."""

    code = "email-already-verified"
    title = "Your e-mail address is confirmed already."


class EmailUnchanged(Conflict):
    """The account has this address already."""

    code = "email-unchanged"
    title = "This is your e-mail address already."


class EmailTaken(Conflict):
    """Somebody signed up with this address first. Never leaves the slices: strangers may not learn it."""

    code = "email-taken"
    title = "This e-mail address has an account."


class ProofWrong(Invalid):
    """Password or code is missing or wrong; where one is missing `blames` names it, else which is wrong is not said."""

    code = "proof-wrong"
    title = "That is not your password or code."


class SignInAgain(Forbidden):
    """The account has neither password nor second factor to ask for, and the sign-in is older than 15 minutes."""

    code = "sign-in-again"
    title = "Sign out and in again, then repeat this within 15 minutes."
