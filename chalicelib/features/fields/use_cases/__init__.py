"""What people do with columns and values, and what is done to all values of a column in the background."""

from chalicelib.features.fields.use_cases.columns import (
    add_option,
    add_option_along,
    change_column,
    create_column,
    delete_column,
    list_columns,
    move_column,
    shown_columns,
)
from chalicelib.features.fields.use_cases.hanging import rehang, still_hanging
from chalicelib.features.fields.use_cases.looking import column_usage, preview_conversion
from chalicelib.features.fields.use_cases.many import (
    cells_of,
    fits,
    open_column,
    parsed_value,
    put_cell,
)
from chalicelib.features.fields.use_cases.purging import PURGE, purge_column
from chalicelib.features.fields.use_cases.rewriting import REWRITE, convert_column, merge_options, rewrite_column
from chalicelib.features.fields.use_cases.values import (
    files_of_value,
    fitting,
    get_value,
    set_value,
    values_in,
    whole_texts,
)

__all__ = [
    "PURGE",
    "REWRITE",
    "add_option",
    "add_option_along",
    "cells_of",
    "change_column",
    "column_usage",
    "convert_column",
    "create_column",
    "delete_column",
    "files_of_value",
    "fits",
    "fitting",
    "get_value",
    "list_columns",
    "merge_options",
    "move_column",
    "open_column",
    "parsed_value",
    "preview_conversion",
    "purge_column",
    "put_cell",
    "rehang",
    "rewrite_column",
    "set_value",
    "shown_columns",
    "still_hanging",
    "values_in",
    "whole_texts",
]
