import tensorflow as tf
from somewhere import build, estimator
from tensorflow.keras import layers

inputs = tf.keras.Input((3,))
one = layers.Dense(1, name="one")(inputs)
two = layers.Dense(1, name="two")(inputs)

single = tf.keras.Model(inputs, one)
single.fit({"inputs": x}, y, sample_weight=w, class_weight={0: 1.0, 1: 2.0})
single.fit(x, y, validation_data=(x, y), callbacks=[])
single.fit(x, [y], sample_weight=[w])
single.fit(x, targets)

both = tf.keras.Model(inputs, [one, two])
both.fit(x, {"one": y, "two": z})
both.fit(x, [y, z], sample_weight=[w, None])
both.fit(x, (y, z), sample_weight=(w, w))
both.fit(x, [y, z], sample_weight=w)
both.fit(x, targets, sample_weight=[w, w])

named = tf.keras.Model(inputs, {"one": one, "two": two})
named.fit(x, {"one": y, "two": z}, sample_weight={"one": w, "two": w})
other = build()
other.fit(x, {"one": y})
estimator.fit(x, {"one": y}, sample_weight={"one": w})


class Own(tf.keras.Model):
    def call(self, inputs):
        return inputs["x"]

    def fit(self, x, y):
        return y


Own().fit(x, {"one": y})


class Steps(tf.keras.Model):
    def train_step(self, data):
        x, y = data
        return self.step(x, y["one"])


Steps(inputs, one).fit(x, {"one": y})
