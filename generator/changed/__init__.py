"""What changed since a letter was issued: its stored inputs against those that stand there now."""

from generator.changed.history import History, list_changes

__all__ = ["History", "list_changes"]
