"""auth.*LoginToken: logging in by a QR code that another session of the same person scans."""

from datetime import timedelta

from telethon.tl import types

from dev.telegram.keyring import Key, QrToken
from dev.telegram.methods.account import authorization_tl
from dev.telegram.methods.auth import logged_in, password_needed
from dev.telegram.methods.call import Call, method
from dev.telegram.refusals import Refused
from dev.telegram.service import Service
from dev.telegram.tl import Tl
from dev.telegram.views import user_tl
from dev.telegram.world.people import User

# Used and expired tokens are known a while longer, so that who scans one late is told what is wrong with it.
_REMEMBERED = timedelta(minutes=5)


@method("auth.ExportLoginToken", login=False)
def export_login_token(call: Call) -> Tl:
    """The token to show, or what has become of it: accepted here, accepted in another data centre, or expired."""
    keyring, key, now = call.service.keyring, call.key, call.service.clock()
    if key.user_id is not None:
        return types.auth.LoginTokenSuccess(types.auth.Authorization(user=user_tl(call.me, call.me)))
    if key.pending_id is not None:
        raise Refused("SESSION_PASSWORD_NEEDED")
    shown = keyring.qr_tokens.get(key.qr_token or b"")
    if shown is None or shown.expires_at <= now:
        shown = _fresh_token(call)
    token = key.qr_token
    if shown.accepted_by is not None:
        return types.auth.LoginTokenMigrateTo(call.world.users[shown.accepted_by].dc, token)
    return types.auth.LoginToken(shown.expires_at, token)


def _fresh_token(call: Call) -> QrToken:
    service = call.service
    token = service.rng.randbytes(32)
    expires_at = service.clock().replace(microsecond=0) + timedelta(seconds=service.rules.qr_lives_s)
    standing = service.keyring.qr_tokens.items()
    now = service.clock()
    service.keyring.qr_tokens = {old: one for old, one in standing if one.expires_at > now - _REMEMBERED}
    service.keyring.qr_tokens[token] = QrToken(key_id=call.key.id, expires_at=expires_at)
    call.key.qr_token = token
    return service.keyring.qr_tokens[token]


@method("auth.AcceptLoginToken")
def accept_login_token(call: Call) -> Tl:
    """Let the session that shows this token in, as the caller."""
    return authorization_tl(accept(call.service, call.request.token, call.me), current=None)


def accept(service: Service, token: bytes, user: User) -> Key:
    """Approve a QR login as that user; answers the key it is for. The session that shows the code is told.

    Raises Refused: AUTH_TOKEN_INVALIDX, AUTH_TOKEN_EXPIRED, AUTH_TOKEN_ALREADY_ACCEPTED; nobody is let in then.
    """
    shown = service.keyring.qr_tokens.get(token)
    if shown is None:
        raise Refused("AUTH_TOKEN_INVALIDX")
    key = service.keyring.keys[shown.key_id]
    if key.user_id or key.pending_id or shown.accepted_by:
        raise Refused("AUTH_TOKEN_ALREADY_ACCEPTED")
    if shown.expires_at < service.clock():
        raise Refused("AUTH_TOKEN_EXPIRED")
    if key.dc != user.dc:
        shown.accepted_by = user.id
        shown.expires_at = service.clock() + timedelta(seconds=service.rules.qr_lives_s)
    elif user.verifier:
        key.pending_id = user.id
    else:
        service.keyring.log_in(key, user)
    for line in service.lines.get(key.id, ()):
        line.send(bytes(types.UpdateShort(types.UpdateLoginToken(), service.clock())))
    return key


@method("auth.ImportLoginToken", login=False)
def import_login_token(call: Call) -> Tl:
    """Finish, in the right data centre, a QR login that was accepted from there."""
    shown = call.service.keyring.qr_tokens.get(call.request.token)
    if shown is None or shown.accepted_by is None:
        raise Refused("AUTH_TOKEN_INVALID")
    user = call.world.users[shown.accepted_by]
    del call.service.keyring.qr_tokens[call.request.token]
    if user.verifier:
        raise password_needed(call, user)
    return types.auth.LoginTokenSuccess(logged_in(call, user))
