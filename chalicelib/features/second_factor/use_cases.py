"""What becomes of somebody's second factor, within what brings that about: set up, turned on and off, codes taken.

Whoever calls these has seen to it that the person may; who they are, and that they are told, is the other slices'.
"""

from collections.abc import Callable
from datetime import datetime

from chalicelib.adapters import one_time_codes
from chalicelib.features.second_factor import model
from chalicelib.features.second_factor.model import CodeWrong, Factor, SecondFactorOff, SecondFactorOn, Setup
from chalicelib.features.second_factor.repository import SecondFactors
from chalicelib.kernel.errors import Fact
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.records import record
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import Transaction


@record
class AcceptedCode:
    """A code that is right at this moment.

    `take` adds to a change that it is used up; of two changes with one code the second fails with CodeWrong.
    `backup_codes_left` is how many there are then, None where the code was an app's.
    """

    take: Callable[[Transaction], None]
    backup_codes_left: int | None


@record
class NewFactor:
    """A second factor whose first code was shown, and its backup codes, which are shown once."""

    factor: Factor
    backup_codes: tuple[str, ...]

    def __repr__(self) -> str:
        return "NewFactor()"


def has_second_factor(user_id: UserId, *, installation: Installation) -> bool:
    """Whether somebody has one: one read unit."""
    return SecondFactors(installation, user_id).is_on()


def require_off(user_id: UserId, *, installation: Installation) -> None:
    """Raises SecondFactorOn where somebody has one: one read unit."""
    if SecondFactors(installation, user_id).is_on():
        raise SecondFactorOn


def require_on(user_id: UserId, *, installation: Installation) -> None:
    """Raises SecondFactorOff where somebody has none: one read unit."""
    if not SecondFactors(installation, user_id).is_on():
        raise SecondFactorOff


def backup_codes_left(user_id: UserId, *, installation: Installation) -> int | None:
    """How many backup codes somebody has left, None without a second factor: one read unit."""
    return SecondFactors(installation, user_id).backup_codes_left()


def second_factor_used_since(user_id: UserId, at: datetime, *, installation: Installation) -> bool:
    """Whether somebody turned theirs on, or showed a code of it, after a moment: one read unit."""
    used_at = SecondFactors(installation, user_id).used_at()
    return used_at is not None and used_at > at


def accept(code: str, user_id: UserId, *, installation: Installation) -> AcceptedCode:
    """Look at a code, an authenticator app's or a backup code, without taking it.

    A read unit, and KMS once in five minutes a person and process.

    Raises:
        CodeWrong: it is neither, or was used before; nothing was written.
    """
    factors = SecondFactors(installation, user_id)
    factor = factors.get()
    if factor is None:
        raise CodeWrong
    if model.is_totp_shape(code):
        step = one_time_codes.step_of(factor.secret, code, installation.now())
        if step is None or step <= factor.last_step:
            raise CodeWrong
        return AcceptedCode(take=lambda change: factors.take_step(change, step), backup_codes_left=None)
    code_hash = model.hashed_backup_code(code)
    if code_hash not in factor.backup_hashes:
        raise CodeWrong
    left = factor.backup_codes_left - 1
    return AcceptedCode(take=lambda change: factors.take_backup_code(change, code_hash), backup_codes_left=left)


def begin_setup(change: Transaction, user_id: UserId, account: str, *, installation: Installation) -> Setup:
    """Within a change: make a secret, which counts once a code of it was shown within the hour.

    It replaces one that waits. `account` is how the app lists it.
    """
    secret = one_time_codes.new_secret()
    SecondFactors(installation, user_id).begin(change, secret)
    return Setup(secret=secret, uri=one_time_codes.uri(secret, account))


def finish_setup(code: str, user_id: UserId, *, installation: Installation) -> NewFactor:
    """What is to be turned on by the first code of the secret that waits.

    Raises:
        SetupOver: none waits.
        CodeWrong: it still waits.
    """
    secret = SecondFactors(installation, user_id).pending()
    step = one_time_codes.step_of(secret, code, installation.now())
    if step is None:
        raise CodeWrong
    codes, hashes = _backup_codes()
    factor = Factor(secret=secret, last_step=step, backup_hashes=hashes, enabled_at=installation.now())
    return NewFactor(factor=factor, backup_codes=codes)


def turn_on(change: Transaction, user_id: UserId, made: NewFactor, *, installation: Installation) -> None:
    """Within a change: have a second factor. Fails with SecondFactorOn or SetupOver where another was faster."""
    SecondFactors(installation, user_id).add(change, made.factor)


def turn_off(
    change: Transaction,
    user_id: UserId,
    *,
    refusal: Fact,
    unused_since: datetime | None = None,
    installation: Installation,
) -> None:
    """Within a change: have none any more; with `unused_since` only where no code was taken after that moment."""
    SecondFactors(installation, user_id).remove(change, refusal=refusal, unused_since=unused_since)


def replace_backup_codes(change: Transaction, user_id: UserId, *, installation: Installation) -> tuple[str, ...]:
    """Within a change: have other backup codes, shown once. Fails with SecondFactorOff where there is none."""
    codes, hashes = _backup_codes()
    SecondFactors(installation, user_id).replace_backup_codes(change, hashes)
    return codes


def _backup_codes() -> tuple[tuple[str, ...], frozenset[str]]:
    made = tuple(model.new_backup_codes())
    return made, frozenset(model.hashed_backup_code(code) for code in made)
