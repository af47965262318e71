"""The pure parts of the local product."""
