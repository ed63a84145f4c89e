"""``python -m borderliaison.cli``: the same as ``blo``."""

from borderliaison.cli import main

if __name__ == "__main__":
    main()
