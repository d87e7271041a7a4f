import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.layers import Activation, Dense, LSTM


def build(inputs):
    x = Dense(8, "relu", True, "zeros", kernel_constraint="max_norm")(inputs)
    x = keras.layers.Conv2D(3, 2, kernel_initializer=("glorot_uniform"))(x)
    x = LSTM(3, recurrent_constraint='unit_norm', bias_initializer='zeros')(x)
    model = tf.keras.Model(inputs, x)
    model.compile("adam", "huber", ["mse", "log_cosh_error"])
    model.compile(
        optimizer="sgd",
        loss={"out": "log_cosh", "side": ["mse", "kl_divergence"]},
        weighted_metrics=[["cosine_similarity"], {"side": ("mae", "log_cosh_error")}],
    )
    return model


class Scale(keras.layers.Layer):
    def build(self, shape):
        self.scale = self.add_weight(
            name="scale", shape=shape, initializer="zeros", constraint="non_neg"
        )


loss = keras.losses.get("log_cosh")
same = keras.losses.deserialize("huber")
