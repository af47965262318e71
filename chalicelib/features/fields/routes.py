"""Routes of columns and values."""

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.fields import use_cases
from chalicelib.features.fields.model import (
    AddOption,
    ChangeColumn,
    ColumnChanged,
    ColumnInvalid,
    ColumnKeyTaken,
    ColumnLimitReached,
    ColumnNotFound,
    CreateColumn,
    OptionDraft,
    SetValue,
    ValueChanged,
    ValueInvalid,
    ValuesTooLarge,
)
from chalicelib.features.fields.schemas import (
    ColumnChangeIn,
    ColumnIn,
    ColumnOut,
    ColumnsOut,
    ColumnValueOut,
    NewOptionIn,
    ValueIn,
)
from chalicelib.kernel import ids
from chalicelib.kernel.errors import ChatNotFound
from chalicelib.kernel.ids import ChatId, ColumnId
from chalicelib.kernel.names import NameInvalid
from chalicelib.kernel.permissions import Action

api = Api(__name__)


@api.get("/workspaces/{workspace_id}/columns", allow=Action.SEE_CRM, answer=ColumnsOut)
def list_columns(call: Call) -> ColumnsOut:
    """The workspace's columns in their order."""
    return ColumnsOut(columns=[ColumnOut.of(column) for column in use_cases.list_columns(tenant=call.tenant)])


@api.post(
    "/workspaces/{workspace_id}/columns",
    allow=Action.MANAGE_COLUMNS,
    body=ColumnIn,
    answer=ColumnOut,
    status=201,
    once=True,
    raises=(NameInvalid, ColumnInvalid, ColumnLimitReached, ColumnKeyTaken),
)
def create_column(call: Call, body: ColumnIn) -> ColumnOut:
    """Make a column at the end. Its key is made from the name and never changes."""
    drafts = tuple(option.to_draft() for option in body.options)
    command = CreateColumn(name=body.name, type=body.type, options=drafts)
    return ColumnOut.of(use_cases.create_column(command, tenant=call.tenant, once=call.idempotency_key))


@api.patch(
    "/workspaces/{workspace_id}/columns/{column_id}",
    allow=Action.MANAGE_COLUMNS,
    body=ColumnChangeIn,
    answer=ColumnOut,
    raises=(ColumnNotFound, NameInvalid, ColumnInvalid, ColumnLimitReached, ColumnChanged),
)
def change_column(call: Call, body: ColumnChangeIn, column_id: str) -> ColumnOut:
    """Rename a column or say what its options are. Options left out can't be chosen any more and stay readable."""
    options = None if body.options is None else tuple(option.to_draft() for option in body.options)
    command = ChangeColumn(column_id=_id(column_id), name=body.name, options=options, version=body.version)
    return ColumnOut.of(use_cases.change_column(command, tenant=call.tenant))


@api.post(
    "/workspaces/{workspace_id}/columns/{column_id}/options",
    allow=Action.ADD_OPTIONS,
    body=NewOptionIn,
    answer=ColumnOut,
    status=201,
    raises=(ColumnNotFound, NameInvalid, ColumnInvalid, ColumnLimitReached, ColumnChanged),
)
def add_option(call: Call, body: NewOptionIn, column_id: str) -> ColumnOut:
    """Add an option to a select column while editing a cell; one of that name is enough."""
    command = AddOption(column_id=_id(column_id), option=OptionDraft(name=body.name, hue=body.hue))
    return ColumnOut.of(use_cases.add_option(command, tenant=call.tenant))


@api.delete(
    "/workspaces/{workspace_id}/columns/{column_id}",
    allow=Action.MANAGE_COLUMNS,
    answer=None,
    status=204,
    raises=(ColumnNotFound, ColumnChanged),
)
def delete_column(call: Call, column_id: str) -> None:
    """Take a column away with all its values."""
    use_cases.delete_column(_id(column_id), tenant=call.tenant)


@api.put(
    "/workspaces/{workspace_id}/chats/{chat_id}/values/{column_id}",
    allow=Action.EDIT_VALUES,
    body=ValueIn,
    answer=ColumnValueOut,
    raises=(ColumnNotFound, ChatNotFound, ValueInvalid, ValueChanged, ValuesTooLarge),
)
def put_value(call: Call, body: ValueIn, chat_id: str, column_id: str) -> ColumnValueOut:
    """Set one value of one chat, unless it changed since the caller saw it. Repeating it leaves the same value."""
    command = SetValue(chat_id=ChatId(chat_id), column_id=_id(column_id), value=body.value, version=body.version)
    return ColumnValueOut.of(command.column_id, use_cases.set_value(command, tenant=call.tenant))


def _id(text: str) -> ColumnId:
    if not ids.is_minted_shape(text):
        raise ColumnNotFound
    return ColumnId(text)
