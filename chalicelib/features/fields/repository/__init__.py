"""Columns, the claims on their keys, and the values of chats, behind a tenant's handle."""

from chalicelib.features.fields.repository.columns import ColumnRow, Columns
from chalicelib.features.fields.repository.values import (
    ChatValues,
    ColumnValues,
    LongTextRow,
    StoredCell,
    Stretch,
    ValuesRow,
    belongs,
    long_texts,
    values_in,
)

__all__ = [
    "ChatValues",
    "ColumnRow",
    "ColumnValues",
    "Columns",
    "LongTextRow",
    "StoredCell",
    "Stretch",
    "ValuesRow",
    "belongs",
    "long_texts",
    "values_in",
]
