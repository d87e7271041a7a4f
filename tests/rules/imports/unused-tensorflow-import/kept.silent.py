"""Imports that something may still need: `tfd` below stands in a string."""
import tensorflow as used
import tensorflow as checked  # noqa: F401
import tensorflow as exported
import tensorflow as tfd
import numpy as np
from mypackage.tensorflow import thing

try:
    import tensorflow as probed
except ImportError:
    pass

__all__ = ["exported"]


def function(x: "tfd.Tensor"):
    return used.abs(x)
