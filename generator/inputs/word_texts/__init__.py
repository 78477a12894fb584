"""A text written in Word → the Markdown that would have been typed, and where each line stands.

All that follows (tags, checks, letters) is then the same for both. What Word can hold and a letter
cannot is told with its paragraph: nothing is left out in silence.
"""

from generator.inputs.word_texts.text import read_word_text

__all__ = ["read_word_text"]
