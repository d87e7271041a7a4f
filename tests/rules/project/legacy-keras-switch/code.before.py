import os
from os import environ, putenv

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
# Before TensorFlow is imported.
environ.setdefault('TF_USE_LEGACY_KERAS', "True")

import tensorflow as tf

if tf.__version__ > "2.15":
    putenv("TF_USE_LEGACY_KERAS", "true")


def test_old(monkeypatch):
    monkeypatch.setenv("TF_USE_LEGACY_KERAS", "1"); check()
    old = os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")
