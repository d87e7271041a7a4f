"""`k3ls` and `python -m k3ls`."""

import sys

from k3ls.cli import main

if __name__ == "__main__":
    sys.exit(main())
