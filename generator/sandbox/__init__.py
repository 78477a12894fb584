"""What a template or a text may do: put in values, choose, and repeat a little; nothing else.

Jinja2's own sandbox keeps a template from Python's insides. This one is a list of what is allowed,
so that what nobody thought of is refused as well: no call but of a macro, no arithmetic, no other
file, a few filters. What can still grow (loops, macros, long values) is paid for from a budget of
characters, so that an endless text ends at the same place on every machine.
"""

from __future__ import annotations

from generator.sandbox.environment import Sandbox, join
from generator.sandbox.faults import FAILURES, line_of, text_of, told

__all__ = ["FAILURES", "Sandbox", "join", "line_of", "text_of", "told"]
