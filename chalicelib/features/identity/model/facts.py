"""How identity refuses: every fact a person can meet on their way in, and while they change that way."""

from chalicelib.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated


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


class WrongCredentials(Unauthenticated):
    """No account has this e-mail and password; which of the two is wrong is not said."""

    code = "wrong-credentials"
    title = "E-mail address or password is wrong."


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


class CodeWrong(Invalid):
    """Neither the code an authenticator app shows now nor a backup code that is left; or it was used before."""

    code = "code-wrong"
    title = "This code is not right, or was used before."


class ChallengeOver(Unauthenticated):
    """The sign-in that waited for a second factor is older than ten minutes, was tried too often, or is done."""

    code = "challenge-over"
    title = "This sign-in took too long. Begin again."


class SecondFactorOn(Conflict):
    """There is a second factor; to use another authenticator, turn it off first."""

    code = "second-factor-on"
    title = "Your second factor is on already."


class SecondFactorOff(Conflict):
    """There is no second factor to change."""

    code = "second-factor-off"
    title = "You have no second factor."


class SetupOver(Conflict):
    """No second factor is being set up, or not any more: a set-up waits an hour for its first code."""

    code = "setup-over"
    title = "This set-up is over. Begin again."


class ProofWrong(Invalid):
    """Password or code is missing or wrong; where one is missing `blames` names it, else which is wrong is not said."""

    code = "proof-wrong"
    title = "That is not your password or code."


class SignInAgain(Forbidden):
    """The account has neither password nor second factor to ask for, and the sign-in is older than 15 minutes."""

    code = "sign-in-again"
    title = "Sign out and in again, then repeat this within 15 minutes."


class SessionNotFound(NotFound):
    """The person has no such session, or it has ended."""

    code = "session-not-found"
    title = "There is no such session."


class AccountClosing(Forbidden):
    """The account is being deleted; the link in the letter that said so takes that back while it still can be."""

    code = "account-closing"
    title = "This account is being deleted."
