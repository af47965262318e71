"""Holds the garbage collector still while the app is imported: thousands of classes and functions, none of it garbage.

Imported before everything else by app.py, so it stands at the root of the package and imports nothing of it.
Collections during import were a fifth of the cold start on Python 3.11, a twentieth on 3.13 (decision 0009).
"""

import gc

gc.disable()


def finish() -> None:
    """Leave what was imported out of all later collections, and let them begin."""
    gc.freeze()
    gc.enable()
