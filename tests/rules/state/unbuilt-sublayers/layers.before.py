import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class Feed(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.hidden = layers.Dense(8)
        self.dropout = layers.Dropout(0.1)
        self.out = layers.Dense(units)

    def call(self, inputs):  # two layers
        x = self.dropout(self.hidden(inputs))
        return self.out(x)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self.units)


class Scaled(layers.Layer):
    def __init__(self):
        super().__init__()
        self.norm = layers.LayerNormalization()
        self.dense = layers.Dense(4)

    def build(self, input_shape):
        # the scale of each channel
        self.scale = self.add_weight("scale", (input_shape[-1],))  # ones?
        self.gate = layers.Dense(input_shape[-1])

        self.built = True

    def call(self, inputs, training=None):
        x = inputs
        if training:
            x = tf.nn.dropout(x, 0.1)
        gated = tf.nn.sigmoid(self.gate(x)) * x
        x = self.norm(x * self.scale + gated)
        return self.dense(tf.reduce_mean(x, axis=1))

    def compute_output_shape(self, input_shape):
        return (input_shape[0], 4)


class Stack(layers.Layer):
    def __init__(self, depth, residual):
        super().__init__()
        self.depth = depth
        self.residual = residual
        self.convs = []
        self.norms = [layers.BatchNormalization() for _ in range(depth)]
        for _ in range(depth):
            self.convs.append(layers.Conv1D(4, 3, padding="same"))
        self.heads = [layers.Dense(2) for _ in range(3)]
        if residual:
            self.project = layers.Dense(4)
        self.last = layers.Dense(1)

    def build(self, input_shape):
        super(Stack, self).build(input_shape)

    def call(self, inputs):
        x = inputs
        for conv, norm in zip(self.convs, self.norms):
            x = norm(conv(x))
            x = tf.nn.relu(x)
        if self.residual:
            x = x + self.project(inputs)
        else:
            x = x * 2.0
        parts = [head(x) for head in self.heads]
        x = tf.concat(parts, axis=-1)
        count = tf.shape(x)[0]
        x = tf.reshape(x, (count, 3, self.depth * 6))
        return self.last(x)

    def compute_output_shape(self, input_shape):
        return (input_shape[0], 1)


class Pair(layers.Layer):
    def __init__(self):
        super().__init__()
        self.left = layers.Dense(2)
        self.right = layers.Dense(2)
        self.merge = layers.Concatenate()
        self.out = layers.Dense(1)

    def call(self, inputs):
        left, right = inputs
        return self.out(self.merge([self.left(left), self.right(right)]))

    def compute_output_shape(self, input_shape):
        return (input_shape[0][0], 1)


class Named(layers.Layer):
    def __init__(self):
        super().__init__()
        self.left = layers.Dense(2)
        self.right = layers.Dense(2)

    def build(self, input_shape):
        super().build(input_shape)

    def call(self, inputs):
        x = {"left": self.left(inputs["left"]), "right": inputs["right"][:, 0]}
        return x["left"] + self.right(x["right"])

    def compute_output_shape(self, input_shape):
        return (input_shape["left"][0], 2)


class Attention(layers.Layer):
    def __init__(self):
        super().__init__()
        self.attend = layers.MultiHeadAttention(2, 4)
        self.norm = layers.LayerNormalization()
        self.feed = Feed(4)

    def build(self, input_shape):
        self.width = input_shape[-1]

    def call(self, query, value, mask=None):
        x = self.attend(query, value, attention_mask=mask)
        x = self.norm(query + x)
        return self.feed(x)

    def compute_output_shape(self, input_shape):
        return input_shape


class Optional(layers.Layer):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(2)
        self.other = layers.Dense(2)

    def call(self, inputs, other=None):
        x = self.dense(inputs)
        if other is not None:
            x += self.other(other)
        return x

    def compute_output_shape(self, input_shape):
        return (input_shape[0], 2)


class Cell(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.state_size = units
        self.inner = layers.Dense(units)
        self.recurrent = layers.Dense(units)

    def call(self, inputs, states):
        h = self.inner(inputs) + self.step(states[0])
        return h, [h]

    def step(self, state):
        return self.recurrent(state)


class Classifier(keras.Model):
    def __init__(self):
        super().__init__()
        self.body = keras.Sequential([layers.Dense(4), layers.ReLU()])
        self.feed = Feed(3)

    def build(self, input_shape):
        super().build(input_shape)

    def call(self, inputs):
        with tf.name_scope("body"):
            x = self.body(inputs)
        return self.feed(x)


class Grown(Feed):
    def __init__(self):
        super().__init__(3)
        self.more = layers.Dense(3)

    def call(self, inputs):
        return self.more(super().call(inputs))
