"""Losses and metrics that are added to models and layers."""

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K

x = np.linspace(-1.0, 1.0, 24).reshape(8, 3).astype("float32")
y = x[:, :1] * 2.0

inputs = keras.Input((3,))
code = keras.layers.Dense(2, kernel_initializer="ones")(inputs)
outputs = keras.layers.Dense(3, kernel_initializer="ones")(code)
autoencoder = keras.Model(inputs, outputs, name="autoencoder")
difference = K.mean(K.square(inputs - outputs))
autoencoder.add_loss(difference + 0.1 * tf.reduce_mean(tf.square(code)))
autoencoder.compile(keras.optimizers.SGD(0.01))
history = autoencoder.fit(x, epochs=2, shuffle=False, batch_size=4, verbose=0)
result = {
    "losses": [round(one, 4) for one in history.history["loss"]],
    "name": autoencoder.name,
    "weights": [tf.constant(one) for one in autoencoder.get_weights()],
    "predicted": autoencoder.predict(x, verbose=0),
}

supervised = keras.Sequential(
    [keras.layers.Dense(2, kernel_initializer="ones", input_shape=(3,)), keras.layers.Dense(1, kernel_initializer="ones")]
)
supervised.add_loss(0.5 * tf.reduce_mean(supervised.output))
supervised.compile(keras.optimizers.SGD(0.01), "mse")
history = supervised.fit(x, y, epochs=2, shuffle=False, batch_size=4, verbose=0)
result["supervised"] = [round(one, 4) for one in history.history["loss"]]
result["evaluated"] = round(supervised.evaluate(x, y, batch_size=8, verbose=0), 4)
