"""Run every measurement of this folder: ``python -m benchmarks [NAME ...]``."""

import pkgutil
import sys
from importlib import import_module

import benchmarks


def main() -> None:
    """Run the measurements that are named, or all."""
    known = [one.name for one in pkgutil.iter_modules(benchmarks.__path__) if one.name[0] != "_"]
    for name in sys.argv[1:] or known:
        module = import_module(f"benchmarks.{name}")
        print(f"\n{name}: {(module.__doc__ or '').splitlines()[0]}")
        module.main()


if __name__ == "__main__":
    main()
