"""Border Liaison: the system that border liaison offices run on.

Packages, ground floor first, are described in ``docs/explanation/architecture.md``; what may import
what is held by the contracts in ``pyproject.toml`` and by ``tests/architecture``.
"""

__version__ = "0.1.0"
