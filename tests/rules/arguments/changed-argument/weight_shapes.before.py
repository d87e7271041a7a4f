import tensorflow as tf


class Scale(tf.keras.layers.Layer):
    def __init__(self, config, units, scale_shape, **kwargs):
        super().__init__(**kwargs)
        self.config = config
        self.units = units
        self.scale_shape = scale_shape

    def build(self, input_shape):
        self.count = self.add_weight(name="count", shape=3)
        self.gamma = self.add_weight(name="gamma", shape=(self.config.hidden_size), initializer="ones")
        self.beta = self.add_weight("beta", (self.units), initializer="zeros")
        self.kept = self.add_weight(name="kept", shape=(self.scale_shape))
        self.whole = self.add_weight(name="whole", shape=self.scale_shape)
        self.kernel = self.add_weight(name="kernel", shape=(self.config.kernel_size))
        self.last = self.add_weight(name="last", shape=(input_shape[-1],))
