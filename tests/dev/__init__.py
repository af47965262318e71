"""The local product: processes, snapshots, the edge, events."""
