"""Bulk edits: one value into many chats, in chunks that can be gone on with, and taken back as one."""
