import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.layers import Activation, Dense, LSTM


def build(inputs):
    x = Dense(8, "relu", True, "constant", kernel_constraint="maxnorm")(inputs)
    x = keras.layers.Conv2D(3, 2, kernel_initializer=("glorot_uniformV2"))(x)
    x = LSTM(3, recurrent_constraint='unitnorm', bias_initializer='Constant')(x)
    model = tf.keras.Model(inputs, x)
    model.compile("experimentaladam", "huber_loss", ["mse", "logcosh"])
    model.compile(
        optimizer="experimentalsgd",
        loss={"out": "logcosh", "side": ["mse", "kullback_leibler_divergence"]},
        weighted_metrics=[["cosine_proximity"], {"side": ("mae", "log_cosh")}],
    )
    return model


class Scale(keras.layers.Layer):
    def build(self, shape):
        self.scale = self.add_weight(
            name="scale", shape=shape, initializer="constant", constraint="nonneg"
        )


loss = keras.losses.get("logcosh")
same = keras.losses.deserialize("huber_loss")
