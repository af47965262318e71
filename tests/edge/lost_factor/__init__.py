"""A lost second factor, reset with staff's help."""
