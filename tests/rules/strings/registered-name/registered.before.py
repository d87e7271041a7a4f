import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.layers import Activation, Dense
from tensorflow.keras.utils import get_custom_objects


def mish2(x):
    return x * tf.tanh(tf.math.softplus(x))


get_custom_objects().update({"mish2": Activation(mish2)})

model = keras.Sequential(
    [
        Dense(3, activation="mish2"),
        Activation("mish2"),
        Dense(3, "relu", kernel_constraint="weight_clip", bias_regularizer='pkg>decay'),
    ]
)
model.compile("sgd", loss="focal", metrics=["mae", "dice"])
