"""Texts that people write once and send often, with variables that each chat fills."""
