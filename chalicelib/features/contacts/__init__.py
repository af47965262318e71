"""Contacts and groups: who is at the other end of the workspace's chats, once however many accounts know them."""
