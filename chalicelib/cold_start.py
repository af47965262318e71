"""Holds the garbage collector still while the app is imported: thousands of classes and functions, none of it garbage.

Imported before everything else by app.py. Collections during import were a quarter of the cold start (bench).
"""

import gc

gc.disable()


def finish() -> None:
    """Leave what was imported out of all later collections, and let them begin."""
    gc.freeze()
    gc.enable()
