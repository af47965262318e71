"""Routes of columns and values."""

from __future__ import annotations

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.fields import schemas, use_cases
from chalicelib.features.fields.model import (
    AddOption,
    ChangeColumn,
    ColumnBusy,
    ColumnChanged,
    ColumnInvalid,
    ColumnKeyTaken,
    ColumnLimitReached,
    ColumnNotConvertible,
    ColumnNotFound,
    ColumnReserved,
    MergeOptions,
    MoveColumn,
    OptionDraft,
    OptionNotFound,
    SetValue,
    ValueChanged,
    ValueInvalid,
    ValueRequired,
    ValuesTooLarge,
)
from chalicelib.features.files.model import FileNotFound
from chalicelib.kernel import ids
from chalicelib.kernel.errors import ChatNotFound
from chalicelib.kernel.ids import ChatId, ColumnId
from chalicelib.kernel.names import NameInvalid
from chalicelib.kernel.permissions import Action
from chalicelib.table.cursors import CursorInvalid

api = Api(__name__)


@api.get("/workspaces/{workspace_id}/columns", allow=Action.SEE_CRM)
def list_columns(call: Call) -> schemas.ColumnsOut:
    """The workspace's columns in their order."""
    return schemas.ColumnsOut(
        columns=[schemas.ColumnOut.of(column) for column in use_cases.list_columns(tenant=call.tenant)]
    )


@api.post(
    "/workspaces/{workspace_id}/columns",
    allow=Action.MANAGE_COLUMNS,
    status=201,
    once=True,
    raises=(NameInvalid, ColumnInvalid, ColumnLimitReached, ColumnKeyTaken),
)
def create_column(call: Call, body: schemas.ColumnIn) -> schemas.ColumnOut:
    """Make a column at the end. Its key is made from the name and never changes."""
    return schemas.ColumnOut.of(
        use_cases.create_column(body.to_command(), tenant=call.tenant, once=call.idempotency_key)
    )


@api.patch(
    "/workspaces/{workspace_id}/columns/{column_id}",
    allow=Action.MANAGE_COLUMNS,
    raises=(ColumnNotFound, NameInvalid, ColumnInvalid, ColumnLimitReached, ColumnBusy, ColumnChanged),
)
def change_column(call: Call, body: schemas.ColumnChangeIn, column_id: str) -> schemas.ColumnOut:
    """Say what a column is to be like. Options left out can't be chosen any more and stay readable.

    Tags, which every workspace has, are changed like any other.
    """
    command = ChangeColumn(
        column_id=_id(column_id),
        name=body.name,
        options=None if body.options is None else tuple(option.to_draft() for option in body.options),
        description=body.description,
        required=body.required,
        default=None if body.default is None else body.default.to_default(),
        version=body.version,
    )
    return schemas.ColumnOut.of(use_cases.change_column(command, tenant=call.tenant))


@api.post(
    "/workspaces/{workspace_id}/columns/{column_id}/options",
    allow=Action.ADD_OPTIONS,
    status=201,
    raises=(ColumnNotFound, NameInvalid, ColumnInvalid, ColumnLimitReached, ColumnBusy, ColumnChanged),
)
def add_option(call: Call, body: schemas.NewOptionIn, column_id: str) -> schemas.ColumnOut:
    """Add an option to a select column while editing a cell; one of that name is enough."""
    command = AddOption(column_id=_id(column_id), option=OptionDraft(name=body.name, hue=body.hue))
    return schemas.ColumnOut.of(use_cases.add_option(command, tenant=call.tenant))


@api.post(
    "/workspaces/{workspace_id}/columns/{column_id}/merges",
    allow=Action.MANAGE_COLUMNS,
    status=202,
    raises=(ColumnNotFound, OptionNotFound, ColumnInvalid, ColumnBusy, ColumnChanged),
)
def merge_options(call: Call, body: schemas.OptionMergeIn, column_id: str) -> schemas.ColumnOut:
    """Make two options one. The first can't be chosen from now on; the values that hold it follow in the background."""
    command = MergeOptions(column_id=_id(column_id), option_id=body.option_id, into=body.into)
    return schemas.ColumnOut.of(use_cases.merge_options(command, tenant=call.tenant))


@api.post(
    "/workspaces/{workspace_id}/columns/{column_id}/move",
    allow=Action.MANAGE_COLUMNS,
    raises=(ColumnNotFound, ColumnChanged),
)
def move_column(call: Call, body: schemas.ColumnMoveIn, column_id: str) -> schemas.ColumnsOut:
    """Put a column behind another one, in the order as it stands now. Repeating it leaves the same order."""
    after = None if body.after is None else _id(body.after)
    order = use_cases.move_column(MoveColumn(column_id=_id(column_id), after=after), tenant=call.tenant)
    return schemas.ColumnsOut(columns=[schemas.ColumnOut.of(column) for column in order])


@api.get(
    "/workspaces/{workspace_id}/columns/{column_id}/usage",
    allow=Action.SEE_CRM,
    raises=(ColumnNotFound, CursorInvalid),
)
def column_usage(call: Call, query: schemas.ColumnUsageQuery, column_id: str) -> schemas.ColumnUsageOut:
    """How many chats have a value in a column, and each of its options, in parts of a few thousand chats."""
    return schemas.ColumnUsageOut.of(use_cases.column_usage(_id(column_id), query.cursor, tenant=call.tenant))


@api.post(
    "/workspaces/{workspace_id}/columns/{column_id}/conversion/preview",
    allow=Action.MANAGE_COLUMNS,
    raises=(ColumnNotFound, CursorInvalid),
)
def preview_conversion(call: Call, body: schemas.ConversionPreviewIn, column_id: str) -> schemas.ConversionPreviewOut:
    """What would become of a column's values in another type, in parts of a few thousand chats. Nothing is written.

    A value fits when it could be turned back into exactly itself.
    """
    preview = use_cases.preview_conversion(_id(column_id), body.to, body.cursor, tenant=call.tenant)
    return schemas.ConversionPreviewOut.of(preview)


@api.post(
    "/workspaces/{workspace_id}/columns/{column_id}/conversion",
    allow=Action.MANAGE_COLUMNS,
    status=202,
    raises=(ColumnNotFound, ColumnReserved, ColumnInvalid, ColumnBusy, ColumnNotConvertible, ColumnChanged),
)
def convert_column(call: Call, body: schemas.ConversionIn, column_id: str) -> schemas.ColumnOut:
    """Have a column become another type, unless a value would be lost.

    It is done in the background; its values can't be written until then. Where a value turns out not to fit, the column
    stays what it is, and the activity log says which.
    """
    column = use_cases.convert_column(_id(column_id), body.to, body.version, tenant=call.tenant)
    return schemas.ColumnOut.of(column)


@api.delete(
    "/workspaces/{workspace_id}/columns/{column_id}",
    allow=Action.MANAGE_COLUMNS,
    status=204,
    raises=(ColumnNotFound, ColumnReserved, ColumnChanged),
)
def delete_column(call: Call, column_id: str) -> None:
    """Take a column away with all its values."""
    use_cases.delete_column(_id(column_id), tenant=call.tenant)


@api.get(
    "/workspaces/{workspace_id}/chats/{chat_id}/values/{column_id}",
    allow=Action.SEE_CRM,
    raises=(ColumnNotFound, ChatNotFound),
)
def get_value(call: Call, chat_id: str, column_id: str) -> schemas.ColumnValueOut:
    """One value of one chat, a long text whole, files with their names."""
    value = use_cases.get_value(ChatId(chat_id), _id(column_id), tenant=call.tenant)
    files = use_cases.files_of_value(_id(column_id), value, tenant=call.tenant)
    return schemas.ColumnValueOut.of(_id(column_id), value, files)


@api.put(
    "/workspaces/{workspace_id}/chats/{chat_id}/values/{column_id}",
    allow=Action.EDIT_VALUES,
    raises=(
        *(ColumnNotFound, ChatNotFound, FileNotFound, ColumnBusy),
        *(ValueInvalid, ValueRequired, ValueChanged, ValuesTooLarge),
    ),
)
def put_value(call: Call, body: schemas.ValueIn, chat_id: str, column_id: str) -> schemas.ColumnValueOut:
    """Set one value of one chat, unless it changed since the caller saw it. Repeating it leaves the same value."""
    command = SetValue(chat_id=ChatId(chat_id), column_id=_id(column_id), value=body.content, version=body.version)
    return schemas.ColumnValueOut.of(command.column_id, use_cases.set_value(command, tenant=call.tenant))


def _id(text: str) -> ColumnId:
    if not ids.is_minted_shape(text):
        raise ColumnNotFound
    return ColumnId(text)
