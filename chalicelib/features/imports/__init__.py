"""Imports: a CSV into what the workspace knows of its chats: read, matched, checked, written, and taken back."""
