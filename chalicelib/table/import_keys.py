"""Key patterns of imports, spelled here as the others are in table/keys. All are sort keys in WORKSPACE."""

from chalicelib.kernel.ids import ImportId

IMPORTS = "IMPORT#"
_BLOCKS = "IMPORTBLOCK#"
_FAULTS = "IMPORTFAULTS#"
_MENDED = "IMPORTMENDED#"
_OPTIONS = "IMPORTOPTIONS#"


def imported(import_id: ImportId) -> str:
    """A file to be imported, what is to become of it, and how far that has come; ids sort by time."""
    return f"{IMPORTS}{import_id}"


def import_of(sk: str) -> ImportId:
    """The import a row of IMPORTS is."""
    return ImportId(sk.removeprefix(IMPORTS))


def block(import_id: ImportId, number: int) -> str:
    """A stretch of the file's rows, and the chat each is for."""
    return f"{_BLOCKS}{import_id}#{number:06d}"


def blocks(import_id: ImportId) -> str:
    """Begins all blocks of an import."""
    return f"{_BLOCKS}{import_id}#"


def mended(import_id: ImportId) -> str:
    """What stands in the place of cells of its file."""
    return f"{_MENDED}{import_id}"


def options(import_id: ImportId) -> str:
    """The options its check found missing."""
    return f"{_OPTIONS}{import_id}"


def faults(import_id: ImportId, number: int) -> str:
    """What is wrong in a block."""
    return f"{_FAULTS}{import_id}#{number:06d}"


def all_faults(import_id: ImportId) -> str:
    """Begins what is wrong in all blocks of an import, in their order."""
    return f"{_FAULTS}{import_id}#"
