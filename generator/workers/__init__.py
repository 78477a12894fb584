"""The processes that make letters: what each does, and the pool that they stand in."""

from generator.workers.beginning import load_ahead
from generator.workers.letters import MadeLetter, check_templates, make_letter, start_worker
from generator.workers.pool import SECONDS, Workers, begin_pool, start_pool
from generator.workers.process import SETTING

__all__ = [
    "SECONDS",
    "SETTING",
    "MadeLetter",
    "Workers",
    "begin_pool",
    "check_templates",
    "load_ahead",
    "make_letter",
    "start_pool",
    "start_worker",
]
