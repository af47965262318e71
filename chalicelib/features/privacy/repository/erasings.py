"""How far each erasing has come: a row that outlives what was erased, with ids and counts and nothing personal."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.features.privacy.model import KEPT_FOR, Erasing, ErasingBegun, Kind, Step
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, MomentAttribute, Row
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import ChangedMeanwhile, Transaction


class ErasingRow(Row, discriminator="erasing"):
    """An erasing, under way or done. `counts` is {what: how much was removed}."""

    kind = UnicodeAttribute()
    step = UnicodeAttribute()
    reached = UnicodeAttribute(null=True)
    started_at = MomentAttribute()
    step_since = MomentAttribute()
    counts = DocumentAttribute()
    left = NumberAttribute(null=True)
    done_at = MomentAttribute(null=True)


class Erasings:
    """Every erasing of the installation."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def get(self, subject: str) -> Erasing | None:
        """The erasing of a workspace or person: one read unit."""
        row = self._installation.rows(keys.erasing(subject)).get(ErasingRow, keys.ONLY)
        return None if row is None else _to_erasing(row)

    def add(self, change: Transaction, erasing: Erasing) -> None:
        """Begin one. The change fails with ErasingBegun where it has begun."""
        change.create(self._row(erasing), refusal=ErasingBegun())

    def require_none(self, change: Transaction, subject: str) -> None:
        """Have a change fail with ErasingBegun where an erasing has begun."""
        row = self._installation.rows(keys.erasing(subject)).new(ErasingRow, keys.ONLY)
        change.check(row, Row.pk.does_not_exist(), refusal=ErasingBegun())

    def move(self, change: Transaction, before: Erasing, after: Erasing) -> None:
        """Write how far it has come, unless somebody else went on with it."""
        still = (ErasingRow.step == before.step) & _is(ErasingRow.reached, before.reached)
        change.put(self._row(after), still, refusal=ChangedMeanwhile())

    def _row(self, erasing: Erasing) -> ErasingRow:
        row = self._installation.rows(keys.erasing(erasing.subject)).new(
            ErasingRow,
            keys.ONLY,
            kind=erasing.kind,
            step=erasing.step,
            reached=erasing.reached,
            started_at=erasing.started_at,
            step_since=erasing.step_since,
            counts=dict(erasing.counts),
            left=erasing.left,
            done_at=erasing.done_at,
        )
        if erasing.done_at is not None:
            row.expires_at = int((erasing.done_at + KEPT_FOR).timestamp())
        return row


def _is(attribute: UnicodeAttribute, value: str | None) -> Condition:
    found: Condition = attribute.does_not_exist() if value is None else attribute == value
    return found


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def _to_erasing(row: ErasingRow) -> Erasing:
    return Erasing(
        kind=Kind(row.kind),
        subject=row.pk.removeprefix(keys.erasing("")),
        step=Step(row.step),
        reached=row.reached,
        started_at=row.started_at,
        step_since=row.step_since,
        counts=row.counts,
        left=_whole(row.left),
        done_at=row.done_at,
    )
