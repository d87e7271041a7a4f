"""The language server: protocol and scheduling over the engine."""
