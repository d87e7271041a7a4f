import tensorflow as tf
from tensorflow.keras import layers


def dice(y_true, y_pred):
    return tf.reduce_sum(y_true * y_pred)


def build(shape):
    inputs = tf.keras.Input(shape)
    x = layers.Dense(8)(inputs)
    left = layers.Dense(1, name="left")(x)
    right = layers.Dense(1, name="right")(x)
    return tf.keras.Model(inputs, [left, right])


model = build((3,))
model.compile("sgd", "mse", metrics=["mae"])
model.compile("sgd", loss="mse", metrics=["mae", dice, tf.keras.metrics.AUC(name="auc")])
model.compile("sgd", ["mse", "mae"], metrics=["mae", "mse"])
model.compile("sgd", ["mse", "mae"], weighted_metrics=["mae"])
model.compile("sgd", loss="mse", loss_weights=[1.0, 0.2])
model.compile("sgd", loss=tf.keras.losses.MeanSquaredError(), loss_weights=[1.0, 0.2])
model.compile("sgd", loss="mse", loss_weights={"left": 1.0, "right": 0.2})
model.compile(loss={"left": "mse"}, optimizer="sgd")
model.compile(loss={"left": "mse", "right": "mae"}, optimizer="sgd", loss_weights={"left": 0.5})

names = ["mae", dice]
model.compile("sgd", "mse", metrics=names + [])
model.compile("sgd", "mse", metrics=names)


class Both(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.one = layers.Dense(1)
        self.other = layers.Dense(2)

    def call(self, inputs):
        one = self.one(inputs)
        return one, self.other(one)


class Named(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.one = layers.Dense(1)

    def call(self, inputs):
        return {"u": self.one(inputs), "v": inputs}


both = Both()
both.compile("sgd", "mse", metrics=["mae"])
named = Named()
named.compile("sgd", "mse", metrics=["mae"])


class Trainer:
    def __init__(self):
        inputs = tf.keras.Input((3,))
        first = layers.Dense(1, name="z")(inputs)
        second = layers.Dense(1, name="a")(first)
        outputs = [first, second]
        self.model = tf.keras.Model(inputs=inputs, outputs=outputs)
        self.model.compile("sgd", ["mse", "mae"], loss_weights={"z": 0.5, "a": 2.0})

    def again(self):
        self.model.compile(
            optimizer="sgd",
            loss="mse",
            metrics=["mae"],  # for both
        )


sequential = tf.keras.Sequential([layers.Dense(1, name="price")])
sequential.compile("sgd", loss={"price": "mse"}, metrics={"price": "mae"})
