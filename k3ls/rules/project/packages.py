"""The packages that Keras comes from."""

from __future__ import annotations

from packaging.version import Version

KERAS_3 = Version("3")
TENSORFLOW_2_16 = Version("2.16")

# The TensorFlow packages by whose release it is decided which Keras is installed.
TENSORFLOWS = (
    "tensorflow",
    "tensorflow-cpu",
    "tensorflow-gpu",
    "tensorflow-intel",
    "tensorflow-macos",
    "tf-nightly",
    "tf-nightly-cpu",
)
FIRST_WITH_KERAS_3 = {"keras": KERAS_3, **dict.fromkeys(TENSORFLOWS, TENSORFLOW_2_16)}
