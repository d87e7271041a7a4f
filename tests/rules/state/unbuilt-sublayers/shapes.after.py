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
        size = input_shape[0]
        self.queries.build(input_shape)
        x_shape = (size, None, self.heads, 3)
        x_shape_2 = (x_shape[0], x_shape[2], x_shape[1], x_shape[3])
        x_shape_2 = (*x_shape_2[:-1], ops.swapaxes(keras.KerasTensor(x_shape_2), -1, -2).shape[-1])
        self.out.build((x_shape_2[0], x_shape_2[3], *x_shape_2[4:]))
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

    def build(self, input_shape):
        if self.kind == "first":
            self.first.build(input_shape)
            x_shape = self.first.compute_output_shape(input_shape)
        elif self.kind == "second":
            self.second.build((*input_shape, 1))
            second_shape = self.second.compute_output_shape((*input_shape, 1))
            x_shape = (second_shape[0], *second_shape[2:])
        else:
            x_shape = input_shape
        if not self.deep:
            self.shared.build(x_shape)
        else:
            for _ in range(3):
                if not self.shared.built:
                    self.shared.build(x_shape)
                shared_shape_2 = self.shared.compute_output_shape(x_shape)
                if not self.third.built:
                    self.third.build(shared_shape_2)
                x_shape = self.third.compute_output_shape(shared_shape_2)
            left_shape, right_shape = [one.shape for one in ops.split(keras.KerasTensor(x_shape), 2, axis=-1)]
            if not self.first.built:
                self.first.build(left_shape)
        super().build(input_shape)

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

    def build(self, input_shape):
        self.encoder.build(input_shape)
        x_shape, h_shape, c_shape = self.encoder.compute_output_shape(input_shape)
        self.attend.build(query_shape=input_shape, value_shape=input_shape)
        y_shape = self.attend.compute_output_shape(query_shape=input_shape, value_shape=input_shape)
        self.out.build(keras.layers.Concatenate(axis=-1).compute_output_shape([h_shape, c_shape, x_shape, (y_shape[0], *y_shape[2:])]))
        super().build(input_shape)

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
        h_shape, c_shape = [(input_shape[0], self.state_size[0]), (input_shape[0], self.state_size[1])]
        self.inner.build(keras.layers.Concatenate(axis=-1).compute_output_shape([input_shape, h_shape]))
        self.outer.build(c_shape)
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
        self.dense.build(input_shape)
        super().build(input_shape)

    def call(self, inputs):
        return self.dense(inputs)


class Outer(Shaped):
    def __init__(self):
        super().__init__()
        self.inner = Inner()
        self.out = layers.Dense(2)

    def build(self, input_shape):
        self.inner.build(input_shape)
        inner_shape = self.inner.compute_output_spec(keras.KerasTensor(input_shape)).shape
        self.out.build(inner_shape)
        super().build(input_shape)

    def call(self, inputs):
        return self.out(self.inner(inputs))


class Auxiliary(layers.Layer):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(2)
        self.auxiliary = layers.Dense(1)

    def build(self, input_shape):
        self.dense.build(input_shape)
        x_shape = self.dense.compute_output_shape(input_shape)
        self.auxiliary.build(x_shape)
        super().build(input_shape)

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

    def build(self, input_shape):
        if not self.norm.built:
            self.norm.build(input_shape)
        x_shape = input_shape
        for name, layer in self.many.items():
            layer.build(x_shape)
            x_shape = layer.compute_output_shape(x_shape)
        for layer in self.many.values():
            if not layer.built:
                layer.build(x_shape)
        super().build(input_shape)

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
