import os

os.environ["TF_USE_LEGACY_KERAS"] = "0"
os.environ["TF_USE_LEGACY_KERAS"] = flag
os.environ["KERAS_BACKEND"] = "1"
os.environ.pop("TF_USE_LEGACY_KERAS", "1")
os.environ.get("TF_USE_LEGACY_KERAS", "1")
if os.environ["TF_USE_LEGACY_KERAS"] == "1":
    pass
del os.environ["TF_USE_LEGACY_KERAS"]
settings["TF_USE_LEGACY_KERAS"] = "1"
x = "TF_USE_LEGACY_KERAS"
