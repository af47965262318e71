"""account.*: the cloud password and the list of sessions."""

from telethon.tl import types

from dev.telegram.keyring import Key
from dev.telegram.methods.auth import require_password
from dev.telegram.methods.call import Call, method
from dev.telegram.refusals import Refused
from dev.telegram.tl import Tl
from dev.telegram.wire.prime import GENERATOR, PRIME_BYTES
from dev.telegram.world.srp import Verifier, challenge_for

_Algorithm = types.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow
_SESSION_LIVES_DAYS = 180


@method("account.GetPassword", login=False)
def get_password(call: Call) -> Tl:
    """How to prove the cloud password, with a fresh challenge; open to who owes only the password."""
    user = call.world.users.get(call.key.user_id or call.key.pending_id or 0)
    if user is None:
        raise Refused("AUTH_KEY_UNREGISTERED")
    rng, verifier = call.service.rng, user.verifier
    password = types.account.Password(
        new_algo=_Algorithm(rng.randbytes(8), rng.randbytes(16), GENERATOR, PRIME_BYTES),
        new_secure_algo=types.SecurePasswordKdfAlgoUnknown(),
        secure_random=rng.randbytes(32),
        has_password=verifier is not None,
    )
    if verifier is not None:
        call.key.challenge = challenge_for(verifier, rng)
        password.current_algo = _Algorithm(verifier.salt1, verifier.salt2, GENERATOR, PRIME_BYTES)
        password.srp_B, password.srp_id = call.key.challenge.public, call.key.challenge.id
        password.hint = verifier.hint
    return password


@method("account.UpdatePasswordSettings")
def update_password_settings(call: Call) -> bool:
    """Set, change or remove the cloud password; the standing one must be proved."""
    me, new = call.me, call.request.new_settings
    if me.verifier is not None:
        require_password(call, me, call.request.password)
    me.verifier, me.told_password = None, None
    if new.new_password_hash:
        algorithm = new.new_algo
        me.verifier = Verifier(
            salt1=algorithm.salt1, salt2=algorithm.salt2, value=new.new_password_hash.rjust(256, b"\0"), hint=new.hint
        )
    return True


def authorization_tl(key: Key, *, current: Key | None) -> Tl:
    """A session in the list; the one that asks has hash 0."""
    return types.Authorization(
        hash=0 if key is current else key.hash,
        device_model=key.device or "unknown",
        platform="",
        system_version="",
        api_id=key.api_id,
        app_name="",
        app_version=key.app_version,
        date_created=key.made_at,
        date_active=key.active_at,
        ip=key.ip,
        country="",
        region="",
        current=key is current,
    )


@method("account.GetAuthorizations")
def get_authorizations(call: Call) -> Tl:
    """The caller's sessions."""
    sessions = [authorization_tl(key, current=call.key) for key in call.service.keyring.of(call.me.id)]
    return types.account.Authorizations(_SESSION_LIVES_DAYS, sessions)


@method("account.ResetAuthorization")
def reset_authorization(call: Call) -> bool:
    """End another session of the caller."""
    key = next((key for key in call.service.keyring.of(call.me.id) if key.hash == call.request.hash), None)
    if key is None:
        raise Refused("HASH_INVALID")
    call.service.revoke(key)
    return True


@method("account.UpdateStatus")
def update_status(_: Call) -> bool:
    """Online or not: noted nowhere, everybody was seen recently."""
    return True
