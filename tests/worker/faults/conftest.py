"""The stages of the fault tests: the gateway's whole worker, and the rig of connections alone."""

from tests.worker.connections.conftest import empty_shards, rig
from tests.worker.gateway.conftest import stage

__all__ = ["empty_shards", "rig", "stage"]
