"""Alerts: members are told of chats that wait too long for a reply, and of those they have left silent."""
