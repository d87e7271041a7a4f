import keras
from keras import layers, ops


class Shaped(layers.Layer):
    def compute_output_shape(self, input_shape):
        return (input_shape[0], 2)


class Heads(Shaped):
    """The comments stay."""

    def __init__(self, heads):
        super().__init__()
        self.heads = heads
        self.queries = layers.Dense(heads * 3)
        self.out = layers.Dense(2)

    def build(self, input_shape):
        input_shape = tuple(input_shape)
        self.scale = self.add_weight(shape=input_shape[1:])
        # the last comment

    def split(self, x, size):
        x = ops.reshape(x, (size, -1, self.heads, 3))
        return ops.transpose(x, (0, 2, 1, 3))

    def call(self, inputs):
        size = ops.shape(inputs)[0]
        x = self.split(self.queries(inputs * self.scale), size)
        x = ops.matmul(x, ops.swapaxes(x, -1, -2))
        return self.out(x[:, 0, 0, :])


class Chosen(Shaped):
    def __init__(self, kind, deep):
        super().__init__()
        self.kind = kind
        self.deep = deep
        self.first = layers.Dense(2)
        self.second = layers.Conv1D(2, 3)
        self.third = layers.Dense(2)
        self.shared = layers.Dense(2)

    def call(self, inputs):
        if self.kind == "first":
            x = self.first(inputs)
        elif self.kind == "second":
            x = self.second(ops.expand_dims(inputs, -1))[:, 0]
        else:
            x = inputs
        if not self.deep:
            return self.shared(x)
        for _ in range(3):
            x = self.third(self.shared(x))
        left, right = ops.split(x, 2, axis=-1)
        return x * self.first(left)


class States(Shaped):
    def __init__(self):
        super().__init__()
        self.encoder = layers.LSTM(3, return_state=True)
        self.attend = layers.MultiHeadAttention(2, 3)
        self.out = layers.Dense(2)

    def call(self, inputs):
        x, h, c = self.encoder(inputs)
        y, scores = self.attend(inputs, inputs, return_attention_scores=True)
        return self.out(ops.concatenate([h, c, x, y[:, -1]], axis=-1))


class Cell(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.state_size = [units, units]
        self.inner = layers.Dense(units)
        self.outer = layers.Dense(units)

    def build(self, input_shape):
        self.built = True

    def call(self, inputs, states):
        h, c = states
        h = self.inner(ops.concatenate([inputs, h], -1))
        return self.outer(c), [h, c]


class Inner(layers.Layer):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(2)

    def build(self, input_shape):
        super().build(input_shape)

    def call(self, inputs):
        return self.dense(inputs)


class Outer(Shaped):
    def __init__(self):
        super().__init__()
        self.inner = Inner()
        self.out = layers.Dense(2)

    def call(self, inputs):
        return self.out(self.inner(inputs))


class Auxiliary(layers.Layer):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(2)
        self.auxiliary = layers.Dense(1)

    def call(self, inputs, training=None):
        x = self.dense(inputs)
        if training:
            self.add_loss(ops.mean(self.auxiliary(x)))
        return x


class Given(Shaped):
    def __init__(self, norm: layers.BatchNormalization):
        super().__init__()
        self.norm = norm
        self.many = {"a": layers.Dense(2), "b": layers.Dense(2)}

    def call(self, inputs):
        x = self.norm(inputs)
        for name, layer in self.many.items():
            x = layer(x)
        return sum([layer(x) for layer in self.many.values()])


class Functions(Shaped):
    def __init__(self, function):
        super().__init__()
        self.function = function
        self.dense = layers.Dense(2)

    def call(self, inputs):
        return self.dense(self.function(inputs))


class Returning(Shaped):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(2)

    def build(self, input_shape):
        if input_shape[-1] == 2:
            return
        self.scale = self.add_weight(shape=input_shape[1:])

    def call(self, inputs):
        return self.dense(inputs)


class OneLine(Shaped):
    def build(self, input_shape): self.dense = layers.Dense(2)

    def call(self, inputs):
        return self.dense(inputs)


class Tried(Shaped):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(2)

    def call(self, inputs):
        try:
            return self.dense(inputs)
        except ValueError:
            return inputs
