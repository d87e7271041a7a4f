import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.layers import Activation, Dense
from tensorflow.keras.utils import get_custom_objects


def mish2(x):
    return x * tf.tanh(tf.math.softplus(x))


get_custom_objects().update({"mish2": Activation(mish2)})

model = keras.Sequential(
    [
        Dense(3, activation=keras.utils.get_registered_object("mish2")),
        Activation(keras.utils.get_registered_object("mish2")),
        Dense(3, "relu", kernel_constraint=keras.utils.get_registered_object("weight_clip"), bias_regularizer=keras.utils.get_registered_object('pkg>decay')),
    ]
)
model.compile("sgd", loss=keras.utils.get_registered_object("focal"), metrics=["mae", keras.utils.get_registered_object("dice")])
