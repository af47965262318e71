"""Codes of a second factor: taken once, within the change they let through."""

from collections.abc import Callable

from chalicelib.adapters import one_time_codes, outbox
from chalicelib.features.identity import letters, model
from chalicelib.features.identity.model import CodeWrong, User
from chalicelib.features.identity.repository import SecondFactors
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import Transaction

Taking = Callable[[Transaction], None]
"""Adds to a change that a code is taken; of two changes with one code the second fails with CodeWrong."""


def accepted(code: str, user: User, *, installation: Installation) -> Taking:
    """How to take a code, which is right at this moment: an authenticator app's, or a backup code.

    A read unit, and KMS once in five minutes a person and process.

    Raises:
        CodeWrong: it is neither, or was used before; nothing was written.
    """
    factors = SecondFactors(installation, user.id)
    factor = factors.get()
    if factor is None:
        raise CodeWrong
    if model.is_totp_shape(code):
        step = one_time_codes.step_of(factor.secret, code, installation.now())
        if step is None or step <= factor.last_step:
            raise CodeWrong
        return lambda change: factors.take_step(change, step)
    code_hash = model.hashed_backup_code(code)
    if code_hash not in factor.backup_hashes:
        raise CodeWrong
    letter = letters.backup_code_used(user, left=factor.backup_codes_left - 1)

    def take(change: Transaction) -> None:
        factors.take_backup_code(change, code_hash)
        outbox.post(change, installation, letter)

    return take
