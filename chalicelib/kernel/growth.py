"""How far a file has come that is written turn by turn, as its row keeps it."""

from chalicelib.kernel.records import record


@record
class Growth:
    """What is stored of a file: its `parts`, by their tags, and in the file `tail` what is no whole part yet."""

    upload_id: str
    parts: tuple[str, ...] = ()
    tail: str | None = None
