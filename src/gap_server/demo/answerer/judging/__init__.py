"""Whether what an answer claims is so of a world: clearly so, clearly not so, or None where people looking
might disagree.

The one judge of both arms: what is told as so is never clearly not so, and of a lie something always is.
"""

from gap_server.demo.answerer.judging import compared, seen
from gap_server.demo.answerer.judging.qualities import is_doing, is_in, joined_to
from gap_server.demo.answerer.judging.verdicts import denies, so

__all__ = ["compared", "denies", "is_doing", "is_in", "joined_to", "seen", "so"]
