"""The demo answerer: ordinary English questions about the demo scenes, answered truthfully or, when told to,
not.
"""

from gap_server.demo.answerer.model import NAME, REVISION, DemoModel

__all__ = ["NAME", "REVISION", "DemoModel"]
