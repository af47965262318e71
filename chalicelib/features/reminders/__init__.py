"""Reminders: that a member wants to be told of a chat or ticket again at a time."""
