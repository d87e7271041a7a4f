import keras
import os

os.environ["KERAS_BACKEND"] = "jax"
