import os
from os import environ, putenv

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
# Before TensorFlow is imported.

import tensorflow as tf

if tf.__version__ > "2.15":
    pass


def test_old(monkeypatch):
    check()
    old = os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")
