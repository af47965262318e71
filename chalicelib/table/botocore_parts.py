"""Two parts of botocore's session that are ours, for their processor time: finding descriptions, reading answers."""

from pathlib import Path
from typing import Any, Final

import botocore.loaders
import botocore.parsers
import msgspec


class Descriptions(botocore.loaders.Loader):  # type: ignore[misc]  # botocore has no types
    """botocore's descriptions of services.

    To say that there is such a service botocore looks into all 400 of them: 4,700 file status calls, a twentieth of a
    cold start. A service that is missing shows as well when its description can't be opened.
    """

    def list_available_services(self, type_name: str) -> list[str]:  # noqa: ARG002 - botocore's signature
        """What may be a service: each folder of descriptions."""
        return [folder.name for path in map(Path, self.search_paths) if path.is_dir() for folder in path.iterdir()]


class _QuickJson(botocore.parsers.JSONParser):  # type: ignore[misc]  # botocore has no types
    """Reads answers of the table, of KMS and SQS in half the time of `json`: a twelfth of a list page's."""

    def _parse_body_as_json(self, body_contents: bytes) -> Any:
        try:
            return _decoder.decode(body_contents)
        except msgspec.DecodeError:
            return super()._parse_body_as_json(body_contents)


_decoder: Final = msgspec.json.Decoder()


class Parsers(botocore.parsers.ResponseParserFactory):  # type: ignore[misc]  # botocore has no types
    """Makes the parser of an answer: ours for JSON, botocore's for the other protocols."""

    def create_parser(self, protocol_name: str) -> Any:
        """One parser; botocore makes one for each answer."""
        if protocol_name == "json":
            return _QuickJson(**self._defaults)
        return super().create_parser(protocol_name)
