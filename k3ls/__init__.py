"""k3ls moves Keras 2 code to Keras 3: a language server and a command line over one engine."""

__version__ = "0.1.0"
