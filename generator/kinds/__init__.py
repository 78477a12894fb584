"""Kinds of communication: checked without an edition, and started from one that works."""

from generator.kinds.check import CheckedKind, check_kind, find_kind, kinds
from generator.kinds.new import start_kind

__all__ = ["CheckedKind", "check_kind", "find_kind", "kinds", "start_kind"]
