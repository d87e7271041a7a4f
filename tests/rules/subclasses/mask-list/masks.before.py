import keras


class Pooled(keras.layers.Layer):
    def call(self, inputs, mask=None):
        values, weights = inputs
        if mask is not None:  # of the values
            weights = weights * keras.ops.cast(mask[0], "float32")
        return keras.ops.sum(values * weights, axis=1)

    def compute_mask(self, inputs, mask=None):
        if mask is None:
            return None
        return mask[0]


class Typed(keras.layers.Layer):
    def call(self, inputs, mask=None, training=None):
        (a, b) = inputs
        first = a if mask is None or training else a * mask[0]
        return first + b
