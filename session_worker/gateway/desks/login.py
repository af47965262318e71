"""Requests that connect a Telegram account: by QR code or by phone."""

from typing import Annotated

from msgspec import Meta

from session_worker.gateway.desks.reach import Answers, Reach
from session_worker.gateway.frames import Request
from session_worker.login.desk import LoginDesk


class LoginByQr(Request, frozen=True, tag="login.qr"):
    """Begin a login by QR code. `owned`: the person confirms that the account is theirs to use."""

    owned: bool


class LoginByPhone(Request, frozen=True, tag="login.phone"):
    """Begin a login by phone number; the same number again asks for the code to be sent another way."""

    owned: bool
    phone: Annotated[str, Meta(min_length=5, max_length=32, pattern=r"^\+?[0-9 ().-]+$")]


class LoginCode(Request, frozen=True, tag="login.code"):
    """The code Telegram sent."""

    code: Annotated[str, Meta(min_length=1, max_length=16)]


class LoginPassword(Request, frozen=True, tag="login.password"):
    """The account's cloud password."""

    password: Annotated[str, Meta(min_length=1, max_length=256)]


class LoginCancel(Request, frozen=True, tag="login.cancel"):
    """Give the login up."""


def desk_of(reach: Reach) -> LoginDesk:
    """The login of one socket. Its owner closes it."""
    rooms, visitor = reach.rooms, reach.visitor
    return LoginDesk(
        visitor.tenant,
        visitor.caller.address,
        reach.push,
        door=rooms.door,
        telegram=rooms.telegram,
        connections=rooms.connections,
        cipher=rooms.cipher,
        limits=rooms.limits,
    )


def answers(desk: LoginDesk) -> Answers:
    """What answers them."""
    return {
        LoginByQr: lambda request: desk.by_qr(owned=request.owned),
        LoginByPhone: lambda request: desk.by_phone(request.phone, owned=request.owned),
        LoginCode: lambda request: desk.enter_code(request.code),
        LoginPassword: lambda request: desk.enter_password(request.password),
        LoginCancel: lambda _: desk.cancel(),
    }
