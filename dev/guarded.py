"""`python -m dev.guarded module [argument ...]`: runs a module that can reach nobody but this machine."""

import runpy
import sys

from dev.loopback import refuse_all_but_loopback


def main() -> None:
    """Run the module named first as the main one, with the arguments after it as its own."""
    del sys.argv[0]
    refuse_all_but_loopback()
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
