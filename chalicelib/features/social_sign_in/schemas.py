"""Social sign-in on the wire."""

from typing import Annotated

import msgspec

from chalicelib.features.identity.schemas import MeOut, UsernameText
from chalicelib.features.sign_in.schemas import SignInOut
from chalicelib.features.social_sign_in.model import MAX_RETURN_CHARACTERS, Login, Provider, SignUpForm, Waiting
from chalicelib.features.workspaces.schemas import EmailText, NameText, TokenText
from chalicelib.kernel import clock

CodeText = Annotated[str, msgspec.Meta(min_length=1, max_length=4_096)]
"""A provider's code; Microsoft's are the longest, about 1,500 letters."""
StateText = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
PathText = Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_RETURN_CHARACTERS)]


class BeginIn(msgspec.Struct, forbid_unknown_fields=True):
    """Where to go after signing in: a path of the app."""

    next: PathText = "/"


class ReturnIn(msgspec.Struct, forbid_unknown_fields=True):
    """What the provider sent the browser back with."""

    code: CodeText
    state: StateText


class PendingEmailIn(msgspec.Struct, forbid_unknown_fields=True):
    """The address somebody says is theirs."""

    email: EmailText


class PendingTokenIn(msgspec.Struct, forbid_unknown_fields=True):
    """The part of a mailed link behind `#`."""

    token: TokenText


class SocialSignUpIn(msgspec.Struct, forbid_unknown_fields=True):
    """What somebody writes who signs up by a provider. `accept_terms` and `is_16_or_older` must be true."""

    username: UsernameText
    full_name: NameText
    accept_terms: bool
    is_16_or_older: bool

    def to_form(self) -> SignUpForm:
        """The wish."""
        return SignUpForm(
            username=self.username,
            full_name=self.full_name,
            accepts_terms=self.accept_terms,
            is_16_or_older=self.is_16_or_older,
        )


class ProviderOut(msgspec.Struct):
    """Somebody to sign in with."""

    id: Provider
    name: str


class ProvidersOut(msgspec.Struct):
    """Whom people can sign in with here."""

    providers: list[ProviderOut]

    @classmethod
    def of(cls, providers: list[Provider]) -> "ProvidersOut":
        """As it travels."""
        return cls(providers=[ProviderOut(id=each, name=each.label) for each in providers])


class AddressOut(msgspec.Struct):
    """Where the browser is to go."""

    url: str


class SocialOut(msgspec.Struct):
    """What came of signing in with a provider.

    `next` says what follows: "done" (signed in, `me`), "second-factor" (as after `/sign-in`), "sign-up" (no account has
    `email`), "link" (the account of `email` is to be signed in to) or "email" (the provider vouches for no address:
    ask for one; `email` is what it showed, if anything). `return_to` is the path that was asked for.
    """

    next: str
    return_to: str
    me: MeOut | None = None
    email: str | None = None
    full_name: str | None = None

    @classmethod
    def entered(cls, answer: SignInOut, return_to: str) -> "SocialOut":
        """As it travels where somebody was let in, or asked for their second factor."""
        return cls(next=answer.next, me=answer.me, return_to=return_to)

    @classmethod
    def waiting(cls, waiting: Waiting) -> "SocialOut":
        """As it travels where a login is pending."""
        pending = waiting.pending
        return cls(
            next=waiting.next,
            return_to=pending.return_to,
            email=pending.email or pending.account.email,
            full_name=pending.account.full_name,
        )


class LoginOut(msgspec.Struct):
    """A link to a provider; `email` is what it showed when it was made."""

    provider: Provider
    name: str
    email: str | None
    linked_at: str

    @classmethod
    def of(cls, login: Login) -> "LoginOut":
        """As it travels."""
        return cls(
            provider=login.provider,
            name=login.provider.label,
            email=login.email,
            linked_at=clock.to_wire(login.linked_at),
        )


class LoginsOut(msgspec.Struct):
    """The person's logins."""

    logins: list[LoginOut]
