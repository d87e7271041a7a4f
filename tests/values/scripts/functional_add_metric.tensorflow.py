"""Metrics that are added to functional models."""

import numpy as np
import tensorflow as tf
from tensorflow import keras

inputs = keras.Input((3,))
codes = keras.layers.Dense(2, kernel_initializer="ones")(inputs)
model = keras.Model(inputs, keras.layers.Dense(1, kernel_initializer="ones")(codes))
model.add_metric(tf.reduce_mean(codes), name="size", aggregation="mean")
model.add_metric(tf.reduce_sum(tf.square(codes)), "power", aggregation="mean")
model.compile(keras.optimizers.SGD(1e-3), "mse")
x = np.arange(12.0, dtype="float32").reshape(4, 3)
y = np.ones((4, 1), "float32")
history = model.fit(x, y, epochs=2, batch_size=2, shuffle=False, verbose=0).history
result = {
    "losses": [round(one, 3) for one in history["loss"]],
    "sizes": [round(one, 4) for one in history["size"]],
    "powers": [round(one, 3) for one in history["power"]],
    "size": round(model.evaluate(x, y, return_dict=True, verbose=0)["size"], 4),
    "predicted": model.predict(x, verbose=0),
}
