"""Key patterns of files, spelled here as the others are in table/keys. All are sort keys in WORKSPACE."""

from chalicelib.kernel.ids import FileId

FILES = "FILE#"
FILE_TALLY = "FILETALLY"
"""How many bytes all files of the workspace have together, those on their way up included."""


def file(file_id: FileId) -> str:
    """A file: from the form it is put up by until it is removed."""
    return f"{FILES}{file_id}"


def file_of(sk: str) -> FileId:
    """The file a row of FILES is."""
    return FileId(sk.removeprefix(FILES))
