import tensorflow as tf
from tensorflow.keras import Model, layers


class Hashed(layers.Layer):
    """Numbers of texts."""

    size = 10

    def call(self, inputs):
        texts = tf.strings.lower(tf.strings.as_string(inputs))
        return tf.strings.to_hash_bucket_fast(texts, self.size)


class Shown(layers.Layer):
    def __init__(self, units, **kwargs):
        super(Shown, self).__init__(**kwargs)  # first
        self.units = units

    def call(self, inputs):
        return self.shown(inputs)

    def shown(self, inputs):
        tf.print(inputs)
        return inputs


class Stepping(Model):
    def __init__(this):
        this.seen = 0
        Model.__init__(this)

    def train_step(self, data):
        loss = tf.numpy_function(lambda x: x, [data], tf.float32)
        return {"loss": loss}
