"""Notifications: that something happened, told to one member; who and where, never what."""
