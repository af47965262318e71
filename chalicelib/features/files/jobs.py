"""What of files happens by itself: those that nothing holds are removed."""

from chalicelib.features.files import use_cases
from chalicelib.kernel.ids import FileId
from chalicelib.table.due import Due


def collect_file(work: Due) -> None:
    """Remove a file that is attached nowhere; a piece of due work."""
    use_cases.collect_file(FileId(work.facts["file_id"]), tenant=work.tenant)
