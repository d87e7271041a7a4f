"""Models and weights that are saved and loaded again."""

import os
import tempfile

import numpy as np
import tensorflow as tf

x = np.ones((2, 3), "float32")
folder = tempfile.mkdtemp()


def made():
    inputs = tf.keras.Input((3,))
    outputs = tf.keras.layers.Dense(2, kernel_initializer="ones")(inputs)
    model = tf.keras.Model(inputs, outputs)
    model.compile("sgd", "mse", metrics=["mse"])
    return model


model = made()
model.save(os.path.join(folder, "model"), save_format="tf")
one = tf.keras.models.load_model(os.path.join(folder, "model"))

path = os.path.join(folder, "model_%d.h5" % 3)
model.save(path)
two = tf.keras.models.load_model(path)

model.save_weights(os.path.join(folder, "weights.ckpt"))
three = made()
three.load_weights(os.path.join(folder, "weights.ckpt"))

checkpoint = tf.keras.callbacks.ModelCheckpoint(os.path.join(folder, "best"), save_weights_only=True)
model.fit(x, x[:, :2], verbose=0, callbacks=[checkpoint])
four = made()
four.load_weights(os.path.join(folder, "best"))



class Scale(tf.keras.layers.Layer):
    def call(self, inputs):
        return inputs * 2.0


def double(value):
    return value * 2.0


dense = tf.keras.layers.Dense(2, kernel_initializer="ones", activation=double)
own = tf.keras.Sequential([Scale(), dense, tf.keras.layers.Lambda(lambda t: t + 1.0)])
own.compile("sgd", "mse")
own.fit(x, x[:, :2], verbose=0)
own.save(os.path.join(folder, "own"))
five = tf.keras.models.load_model(os.path.join(folder, "own"))

config = {"units": 2, "kernel_initializer": "ones"}
dense = tf.keras.layers.deserialize({"class_name": "Dense", "config": config})
wrapped = tf.keras.layers.deserialize(
    {
        "class_name": "TimeDistributed",
        "config": {"layer": {"class_name": "Dense", "config": config}},
    }
)

result = {
    "config": dense(x),
    "wrapped": wrapped(x[None]),
    "folder": one(x),
    "h5": two(x),
    "weights": three(x),
    "checkpoint": four(x),
    "own": five(x),
}
