"""Settings of every test."""

from __future__ import annotations

from hypothesis import settings

# A machine that is busy with something else is no failure, and the same tests run every time: to
# look for new failures is another task than to say whether a change broke something.
settings.register_profile("k3ls", deadline=None, derandomize=True)
settings.load_profile("k3ls")
