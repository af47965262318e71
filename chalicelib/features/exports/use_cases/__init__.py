"""A member takes what they see of the workspace's data away as a zip."""

from chalicelib.features.exports.use_cases.requesting import (
    get_export,
    list_exports,
    remove_export,
    request_export,
)
from chalicelib.features.exports.use_cases.writing import write_export

__all__ = ["get_export", "list_exports", "remove_export", "request_export", "write_export"]
