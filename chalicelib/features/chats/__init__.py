"""Chats: what the worker knows of them, and the card each member may see."""
