"""The templates: what they promise, and that they deploy."""
