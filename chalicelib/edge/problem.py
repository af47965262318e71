"""Problem documents as HTTP carries them."""

import json
from typing import Final

from chalicelib.kernel.problems import BodyTooLarge, UnexpectedFault, document, retry_after_s, status_of

__all__ = ["MEDIA_TYPE", "BodyTooLarge", "UnexpectedFault", "document", "retry_after_s", "status_of", "to_json"]

MEDIA_TYPE: Final = "application/problem+json"


def to_json(problem: dict[str, object]) -> str:
    """A problem as it travels."""
    return json.dumps(problem, ensure_ascii=False, separators=(",", ":"))
