"""Key patterns of exports of the workspace's data, spelled here as the others are in table/keys."""

from chalicelib.kernel.ids import ExportId, UserId

# Sort keys in WORKSPACE

DATA_EXPORT_TURN = "DATAEXPORTTURN"
"""When the workspace's data were asked for last: one export a minute."""


def data_exports_of(user_id: UserId) -> str:
    """Begins the exports somebody asked for."""
    return f"DATAEXPORT#{user_id}#"


def data_export(user_id: UserId, export_id: ExportId) -> str:
    """An export of the workspace's data, until its file is removed; it is that one member's."""
    return f"{data_exports_of(user_id)}{export_id}"


def data_export_chats(user_id: UserId, export_id: ExportId) -> str:
    """The chats an export is of, where it is of some alone; not among those that `data_exports_of` begins."""
    return f"DATAEXPORTCHATS#{user_id}#{export_id}"


def data_export_of(sk: str) -> tuple[UserId, ExportId]:
    """Whose export it is, and which."""
    _, user_id, export_id = sk.split("#")
    return UserId(user_id), ExportId(export_id)
