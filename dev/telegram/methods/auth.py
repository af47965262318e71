"""auth.*: logging in by code and cloud password, moving a login to another data centre, logging out."""

from datetime import timedelta

from telethon.tl import types

from dev.telegram.keyring import LoginCode
from dev.telegram.methods.call import Call, method
from dev.telegram.refusals import Refused
from dev.telegram.tl import Tl
from dev.telegram.views import user_tl
from dev.telegram.world.people import User
from dev.telegram.world.srp import proves
from dev.telegram.world.world import digits_of

_CODE_LENGTH = 5
_RESEND_AFTER_S = 60


def logged_in(call: Call, user: User) -> Tl:
    """Make the call's key the user's, and say so."""
    call.service.keyring.log_in(call.key, user)
    return types.auth.Authorization(user=user_tl(user, user))


def password_needed(call: Call, user: User) -> Refused:
    """Remember that the code was right and only the cloud password is missing."""
    call.key.pending_id = user.id
    return Refused("SESSION_PASSWORD_NEEDED")


@method("auth.SendCode", "auth.ResendCode", login=False)
def send_code(call: Call) -> Tl:
    """Send a login code: to the other sessions when the number has an account, else by SMS."""
    phone = digits_of(call.request.phone_number)
    if len(phone) < 5 or len(phone) > 15:
        raise Refused("PHONE_NUMBER_INVALID")
    user = call.world.by_phone(phone)
    if user and user.deleted:
        raise Refused("PHONE_NUMBER_BANNED")
    if user and user.dc != call.line.dc:
        raise Refused(f"PHONE_MIGRATE_{user.dc}")
    service = call.service
    code = service.rules.fixed_code or f"{service.rng.randrange(10**_CODE_LENGTH):0{_CODE_LENGTH}}"
    now = service.clock()
    expires_at = now + timedelta(seconds=service.rules.code_lives_s)
    sent = LoginCode(code=code, hash=service.rng.randbytes(9).hex(), sent_at=now, expires_at=expires_at)
    service.keyring.add_code(phone, sent)
    if user:
        service.post(call.world.service, user, f"Login code: {code}. Do not give this code to anyone.")
    way = types.auth.SentCodeTypeApp(len(code)) if user else types.auth.SentCodeTypeSms(len(code))
    return types.auth.SentCode(type=way, phone_code_hash=sent.hash, timeout=_RESEND_AFTER_S)


@method("auth.SignIn", login=False)
def sign_in(call: Call) -> Tl:
    """Take a login code. A wrong one may be tried again; only the latest one is good."""
    phone, codes = digits_of(call.request.phone_number), call.service.keyring.codes
    latest = codes[phone][-1] if codes.get(phone) else None
    if latest is None or call.request.phone_code_hash != latest.hash or call.service.clock() > latest.expires_at:
        raise Refused("PHONE_CODE_EXPIRED")
    if not call.request.phone_code:
        raise Refused("PHONE_CODE_EMPTY")
    if call.request.phone_code != latest.code:
        raise Refused("PHONE_CODE_INVALID")
    user = call.world.by_phone(phone)
    if user is None:  # signing up is impossible for clients that are not Telegram's own
        return types.auth.AuthorizationSignUpRequired()
    del codes[phone]
    if user.verifier:
        raise password_needed(call, user)
    return logged_in(call, user)


@method("auth.CheckPassword", login=False)
def check_password(call: Call) -> Tl:
    """Take the proof of the cloud password (SRP). A wrong one may be tried again."""
    user = call.world.users.get(call.key.pending_id or call.key.user_id or 0)
    if user is None:
        raise Refused("AUTH_KEY_UNREGISTERED")
    require_password(call, user, call.request.password)
    return logged_in(call, user)


def require_password(call: Call, user: User, proof: Tl) -> None:
    """Raises Refused unless the proof belongs to the challenge this key got last. A challenge is good for one try."""
    challenge, call.key.challenge = call.key.challenge, None
    if challenge is None or user.verifier is None or not isinstance(proof, types.InputCheckPasswordSRP):
        raise Refused("PASSWORD_HASH_INVALID")
    if proof.srp_id != challenge.id:
        raise Refused("SRP_ID_INVALID")
    if not proves(user.verifier, challenge, public=proof.A, proof=proof.M1):
        raise Refused("PASSWORD_HASH_INVALID")


@method("auth.ExportAuthorization")
def export_authorization(call: Call) -> Tl:
    """A token by which this login may fetch files in another data centre."""
    if call.request.dc_id not in call.service.ports:
        raise Refused("DC_ID_INVALID")
    token = call.service.rng.randbytes(64)
    call.service.keyring.exports[token] = (call.me.id, call.request.dc_id)
    return types.auth.ExportedAuthorization(call.me.id, token)


@method("auth.ImportAuthorization", login=False)
def import_authorization(call: Call) -> Tl:
    """Take such a token, once, in the data centre it was made for."""
    user_id, dc = call.service.keyring.exports.pop(call.request.bytes, (0, 0))
    if not user_id or dc != call.line.dc or user_id != call.request.id:
        raise Refused("AUTH_BYTES_INVALID")
    call.service.keyring.log_in_as_guest(call.key, user_id)
    user = call.world.users[user_id]
    return types.auth.Authorization(user=user_tl(user, user))


@method("auth.LogOut")
def log_out(call: Call) -> Tl:
    """End this login. The key may be logged in again. Telethon takes the acknowledgement alone for the answer."""
    call.service.keyring.log_out(call.key)
    return types.auth.LoggedOut()


@method("auth.ResetAuthorizations")
def reset_authorizations(call: Call) -> bool:
    """End all other logins of the caller."""
    for key in call.service.keyring.of(call.me.id):
        if key is not call.key:
            call.service.revoke(key)
    return True
