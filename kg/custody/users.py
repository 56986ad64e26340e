"""Who loads and withdraws lists: the name that is kept in the store's log."""

from __future__ import annotations

import getpass


def login_name(given: str | None) -> str:
    """The name given, else that of the login; '' where the system has none for who runs the program."""
    if given and given.strip():
        return " ".join(given.split())
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container's user may have no entry
        return ""
