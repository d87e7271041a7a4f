"""Names that only look like TensorFlow's."""

import keras
import tensorflow as tf
import tf_keras as legacy
from mypackage import tf as other


def shadowed(tf):
    return tf.keras.layers.Dense(3)


def rebound():
    tf = legacy
    return tf.keras.layers.Dense(3)


unknown = other.keras.layers.Dense(3)
text = "tf.keras.layers.Dense"
gone = tf.keras.layers.LocallyConnected1D
kept = tf.keras.layers.RandomHeight
fine = keras.layers.Dense(3)
not_public = tf.keras2.layers


def quoted(
    a: Literal["tf.keras.Model"],
    b: Annotated[int, "tf.keras.Model"],
    c: f"tf.keras.Model",
    d: b"tf.keras.Model",
    e: "tf.keras.Model and more, in words",
    f: shape("tf.keras.Model"),
    g: Float[Array, "batch width"],
):
    """tf.keras.Model"""
    h = "tf.keras.Model"  # type: ignore
    i = ["tf.keras.Model"]  # tf.keras.Model
    print("tf.keras.Model", key="tf.keras.Model")
    return h, i
