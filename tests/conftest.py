"""Settings of every test."""

from __future__ import annotations

from hypothesis import settings

# A machine that is busy with something else is no failure.
settings.register_profile("k3ls", deadline=None)
settings.load_profile("k3ls")
