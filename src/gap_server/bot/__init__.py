"""The Telegram bot: a process of its own, the only one that holds the token and talks to Telegram."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library gives spans of time as such, and warns no more
