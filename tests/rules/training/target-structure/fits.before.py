import tensorflow as tf
from tensorflow.keras import layers

inputs = tf.keras.Input((3,))
one = layers.Dense(1, name="one")(inputs)
two = layers.Dense(1, name="two")(inputs)

single = tf.keras.Model(inputs, one)
single.fit(x, {"one": y}, validation_data=({"inputs": x}, {"one": y}))
single.evaluate({"inputs": x}, y={"one": y}, sample_weight={"one": w})
single.train_on_batch(x, {"one": y}, sample_weight=w)
single.fit(
    x,
    {
        # The price.
        "one": y,
    },
)
sequential = tf.keras.Sequential([layers.Dense(1, name="one")])
sequential.fit(x, {"one": y})

both = tf.keras.Model(inputs, [one, two])
both.fit(x, {"two": z, "one": y}, sample_weight={"one": w, "two": w * 2})
both.fit(x, [y, z], sample_weight={"two": w})
both.fit(x, (y, z), sample_weight={"two": w})
both.evaluate(x, (y, z), sample_weight=[w, w])
both.evaluate(x, {"one": y, "two": z}, sample_weight=[w, w])
both.test_on_batch(x, targets, sample_weight={"one": w})
