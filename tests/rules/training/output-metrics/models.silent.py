import tensorflow as tf
from somewhere import make_model, metric, settings
from tensorflow.keras import layers

inputs = tf.keras.Input((3,))
left = layers.Dense(1, name="left")(inputs)
right = layers.Dense(1, name="right")(inputs)

# One output.
model = tf.keras.Model(inputs, left)
model.compile("sgd", "mse", metrics=["mae", "mse"])
model.compile("sgd", loss={"left": "mse"}, metrics={"left": "mae"}, loss_weights=[0.5])
sequential = tf.keras.Sequential([layers.Dense(1)])
sequential.compile("sgd", ["mse"])
sequential.compile("sgd", "mse", metrics=["mae", "mse"], loss_weights=[0.5])

# What Keras 3 takes as well.
both = tf.keras.Model(inputs, [left, right])
both.compile("sgd", "mse")
both.compile("sgd", "mse", metrics=[["mae"], ["mae", "mse"]])
both.compile("sgd", "mse", metrics={"left": "mae", "right": ["mae", "mse"]})
both.compile("sgd", "mse", metrics=[["mae"], None])
both.compile("sgd", "mse", metrics=[])
both.compile("sgd", ["mse", "mae"], loss_weights=[1.0, 0.2])
both.compile("sgd", {"left": "mse", "right": "mae"}, loss_weights={"left": 1.0, "right": 0.2})
both.compile("sgd", {"left": "mse", "right": None}, loss_weights=[1.0, 0.2])
both.compile("sgd", ["mse", "mae"], loss_weights={"left": 1.0, "right": 0.2})
both.compile("sgd", ["mse", "mae"], loss_weights={"right": 1.0, "left": 0.2})
both.compile("sgd", "mse", loss_weights=2.0)

# Unknown metrics, losses, arguments.
both.compile("sgd", "mse", metrics=settings.metrics)
both.compile("sgd", loss=settings.losses, loss_weights=[1.0, 0.2, 0.3][:2])
both.compile(**settings)
both.compile("sgd", "mse", metrics=["mae", *settings.more])
left_metrics, right_metrics = settings.both
both.compile("sgd", "mse", metrics=[left_metrics, right_metrics])
one_of_them = ["mae"]
both.compile("sgd", "mse", metrics=[one_of_them, one_of_them])

# Unknown outputs.
other = make_model()
other.compile("sgd", "mse", metrics=["mae"])
outputs = [left, right]
outputs.append(layers.Dense(1)(left))
third = tf.keras.Model(inputs, outputs)
third.compile("sgd", "mse", metrics=["mae"])
fourth = tf.keras.Model(inputs, [layers.Dense(1)(left) for _ in range(3)])
fourth.compile("sgd", "mse", metrics=["mae"])
fifth = tf.keras.Model(inputs, [*outputs])
fifth.compile("sgd", "mse", metrics=["mae"])


class Own(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.one = layers.Dense(1)

    def call(self, inputs, both=False):
        if both:
            return self.one(inputs), inputs
        return self.one(inputs)


class Compiles(tf.keras.Model):
    def compile(self, optimizer, loss, metrics):
        super().compile(optimizer)

    def call(self, inputs):
        return inputs, inputs


Own().compile("sgd", "mse", metrics=["mae"])
Compiles().compile("sgd", "mse", metrics=["mae"])
import re

re.compile("a")
