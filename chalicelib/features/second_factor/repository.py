"""Rows of second factors: the sealed secret of an authenticator app and the hashes of backup codes."""

from datetime import datetime

from pynamodb.attributes import NumberAttribute, UnicodeSetAttribute
from pynamodb.expressions.update import Action

from chalicelib.features.second_factor.model import (
    SETUP_LIFE,
    CodeWrong,
    Factor,
    SecondFactorOff,
    SecondFactorOn,
    SetupOver,
)
from chalicelib.kernel.errors import Fact
from chalicelib.kernel.ids import UserId
from chalicelib.table import cipher, people_keys
from chalicelib.table.cipher import Purpose
from chalicelib.table.items import BytesAttribute, MomentAttribute, Row
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import Transaction


class FactorRow(Row, discriminator="second_factor"):
    """A second factor that is on.

    `secret` is sealed; `last_step` is the newest time step a code was taken of, `used_at` when any code was taken last.
    """

    secret = BytesAttribute()
    last_step = NumberAttribute()
    backup_hashes = UnicodeSetAttribute(null=True)
    enabled_at = MomentAttribute()
    used_at = MomentAttribute()


class SetupRow(Row, discriminator="second_factor_setup"):
    """A second factor being set up: its secret waits, sealed, for the first code."""

    secret = BytesAttribute()
    ends_at = MomentAttribute()


class SecondFactors:
    """The second factor of one person: its secrets are sealed under a key of the person's own."""

    def __init__(self, installation: Installation, user_id: UserId) -> None:
        self._installation = installation
        self._user_id = user_id

    def is_on(self) -> bool:
        """Whether there is one: one read unit, and nothing is opened."""
        return self._get() is not None

    def backup_codes_left(self) -> int | None:
        """How many backup codes are left, None without a second factor: one read unit, and nothing is opened."""
        row = self._get()
        return None if row is None else len(row.backup_hashes or ())

    def get(self) -> Factor | None:
        """It, opened: one read unit, and KMS once in five minutes a person and process."""
        row = self._get()
        if row is None:
            return None
        return Factor(
            secret=self._opened(row.secret, people_keys.SECOND_FACTOR),
            last_step=int(row.last_step),
            backup_hashes=frozenset(row.backup_hashes or ()),
            enabled_at=row.enabled_at,
        )

    def used_at(self) -> datetime | None:
        """When a code was taken last, None without a second factor: one read unit, and nothing is opened."""
        row = self._get()
        return None if row is None else row.used_at

    def begin(self, change: Transaction, secret: str) -> None:
        """Keep a secret for an hour until a code of it is shown; it replaces one that waited before."""
        ends_at = self._installation.now() + SETUP_LIFE
        sealed = self._sealed(secret, people_keys.SECOND_FACTOR_SETUP)
        rows, ends_s = self._rows(), int(ends_at.timestamp())
        change.put(
            rows.new(SetupRow, people_keys.SECOND_FACTOR_SETUP, secret=sealed, ends_at=ends_at, expires_at=ends_s)
        )

    def pending(self) -> str:
        """The secret that waits. Raises SetupOver."""
        row = self._rows().get(SetupRow, people_keys.SECOND_FACTOR_SETUP)
        if row is None or self._installation.now() >= row.ends_at:
            raise SetupOver
        return self._opened(row.secret, people_keys.SECOND_FACTOR_SETUP)

    def add(self, change: Transaction, factor: Factor) -> None:
        """Turn it on, unless it is. The secret that waited waits no more, and lets one request through."""
        rows = self._rows()
        row = rows.new(
            FactorRow,
            people_keys.SECOND_FACTOR,
            secret=self._sealed(factor.secret, people_keys.SECOND_FACTOR),
            last_step=factor.last_step,
            backup_hashes=set(factor.backup_hashes),
            enabled_at=factor.enabled_at,
            used_at=factor.enabled_at,
        )
        change.create(row, refusal=SecondFactorOn())
        change.delete(rows.new(SetupRow, people_keys.SECOND_FACTOR_SETUP), Row.pk.exists(), refusal=SetupOver())

    def take_step(self, change: Transaction, step: int) -> None:
        """Take a code of a time step, unless one of it or of a newer one was taken: a code is good once."""
        actions: list[Action] = [FactorRow.last_step.set(step), self._used_now()]
        change.update(self._row(), actions, FactorRow.last_step < step, refusal=CodeWrong())

    def take_backup_code(self, change: Transaction, code_hash: str) -> None:
        """Take a backup code, which is then gone."""
        has_it = FactorRow.backup_hashes.contains(code_hash)
        actions: list[Action] = [FactorRow.backup_hashes.delete({code_hash}), self._used_now()]
        change.update(self._row(), actions, has_it, refusal=CodeWrong())

    def replace_backup_codes(self, change: Transaction, hashes: frozenset[str]) -> None:
        """Have other backup codes; those before them are no good any more."""
        actions: list[Action] = [FactorRow.backup_hashes.set(set(hashes))]
        change.update(self._row(), actions, Row.pk.exists(), refusal=SecondFactorOff())

    def remove(self, change: Transaction, *, refusal: Fact, unused_since: datetime | None = None) -> None:
        """Turn it off; with `unused_since` only where no code was taken after that moment."""
        stands = Row.pk.exists() if unused_since is None else FactorRow.used_at <= unused_since
        change.delete(self._row(), stands, refusal=refusal)

    def _used_now(self) -> Action:
        return FactorRow.used_at.set(self._installation.now())

    def _get(self) -> FactorRow | None:
        return self._rows().get(FactorRow, people_keys.SECOND_FACTOR)

    def _row(self) -> FactorRow:
        return self._rows().new(FactorRow, people_keys.SECOND_FACTOR)

    def _rows(self) -> Rows:
        return self._installation.rows(people_keys.user(self._user_id))

    def _sealed(self, secret: str, item_id: str) -> bytes:
        return cipher.current().seal(self._user_id, Purpose.SECRET, item_id, secret.encode())

    def _opened(self, sealed: bytes, item_id: str) -> str:
        return cipher.current().open(self._user_id, Purpose.SECRET, item_id, sealed).decode()
