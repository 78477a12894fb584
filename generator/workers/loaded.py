"""To import this is to load what every letter needs; the process that is copied does it first."""

from contextlib import suppress

from generator.workers.letters import load_libraries

with suppress(Exception):  # a worker loads what it needs again, and tells what fails
    load_libraries()
