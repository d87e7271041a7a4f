"""Checking and fixing one source: pure functions of its text and the settings."""

from k3ls.engine.check import Analysis, analyse, check
from k3ls.engine.fix import Fixed, fix

__all__ = ["Analysis", "Fixed", "analyse", "check", "fix"]
