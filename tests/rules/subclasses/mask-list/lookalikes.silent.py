import keras


class Single(keras.layers.Layer):
    def call(self, inputs, mask=None):
        if mask is not None:
            inputs = inputs * keras.ops.cast(mask, inputs.dtype)
        return inputs

    def compute_mask(self, inputs, mask=None):
        return mask if mask is not None else None


class Changed(keras.layers.Layer):
    def call(self, inputs, mask=None):
        a, b = inputs
        mask = self.mask_of(b)
        return a if mask is None else a * mask


class Own:
    def call(self, inputs, mask=None):
        a, b = inputs
        return a if mask is None else b


class Helped(keras.layers.Layer):
    def call(self, inputs, mask=None):
        a, b = inputs
        return self.masked(a, mask[0]) + b

    def masked(self, x, mask=None):
        return x if mask is None else x * mask
