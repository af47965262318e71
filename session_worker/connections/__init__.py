"""Connections held for members: who owns them, their life, what comes in over them."""
