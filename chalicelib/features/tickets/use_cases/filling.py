"""What people say stands in the own fields of a ticket, read by the rules of columns."""

from collections.abc import Collection, Mapping
from typing import Any

from chalicelib.features.fields import use_cases as columns
from chalicelib.features.fields.model import Column, Content, ValueInvalid
from chalicelib.features.tickets.model.facts import TicketInvalid
from chalicelib.features.tickets.repository import Fields
from chalicelib.kernel.errors import Blame
from chalicelib.kernel.ids import ColumnId
from chalicelib.kernel.records import record
from chalicelib.table.tenant import Tenant


@record
class Filled:
    """Values of fields as they are stored, None for one that is cleared, and which of all fields hold files."""

    by_field: Mapping[ColumnId, Content]
    of_files: Collection[ColumnId]


def filled(raw: Mapping[ColumnId, Any] | None, held: Mapping[ColumnId, Content], *, tenant: Tenant) -> Filled:
    """Values somebody says in the place of those that are `held`: a read, and one for each person chosen anew.

    Raises:
        TicketInvalid: one does not fit, or there is no such field; blames `/values` and the field.
    """
    if not raw:
        return Filled(by_field={}, of_files=())
    fields = Fields(tenant).all()
    unknown = [field_id for field_id in raw if field_id not in fields.ids()]
    if unknown:
        raise TicketInvalid(blames=tuple(Blame(f"/values/{each}", "not a field of tickets") for each in unknown))
    by_field = {each: _fitting(fields.require(each), value, held.get(each), tenant) for each, value in raw.items()}
    return Filled(by_field=by_field, of_files=fields.of_files())


def _fitting(field: Column, value: object, held: Content, tenant: Tenant) -> Content:
    try:
        return columns.fitting(field, value, held, tenant=tenant)
    except ValueInvalid as misfit:
        blames = (Blame(f"/values/{field.id}", blame.detail) for blame in misfit.blames)
        raise TicketInvalid(blames=tuple(blames)) from None
