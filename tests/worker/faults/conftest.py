"""The stage of the fault tests: the gateway's."""

from tests.worker.gateway.conftest import stage

__all__ = ["stage"]
