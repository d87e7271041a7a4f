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

    def build(self, input_shape):
        self.hidden.build(input_shape)
        hidden_shape = self.hidden.compute_output_shape(input_shape)
        x_shape = hidden_shape
        self.out.build(x_shape)
        super().build(input_shape)

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

        x_shape = input_shape
        self.gate.build(x_shape)
        gate_shape = self.gate.compute_output_shape(x_shape)
        gated_shape = keras.layers.Add().compute_output_shape([gate_shape, x_shape])
        self.norm.build(keras.layers.Add().compute_output_shape([x_shape, gated_shape]))
        x_shape = keras.layers.Add().compute_output_shape([x_shape, gated_shape])
        self.dense.build((*x_shape[:1], *x_shape[2:]))
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
        x_shape = input_shape
        for conv, norm in zip(self.convs, self.norms):
            conv.build(x_shape)
            conv_shape = conv.compute_output_shape(x_shape)
            if not norm.built:
                norm.build(conv_shape)
            x_shape = conv_shape
        if self.residual:
            self.project.build(input_shape)
            project_shape = self.project.compute_output_shape(input_shape)
            x_shape = keras.layers.Add().compute_output_shape([x_shape, project_shape])
        for head in self.heads:
            head.build(x_shape)
        parts_shape = [head.compute_output_shape(x_shape) for head in self.heads]
        x_shape = keras.layers.Concatenate(axis=-1).compute_output_shape(parts_shape)
        count = x_shape[0]
        x_shape = (count, 3, (self.depth * 6))
        self.last.build(x_shape)
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

    def build(self, input_shape):
        left_shape, right_shape = input_shape
        self.left.build(left_shape)
        left_shape_2 = self.left.compute_output_shape(left_shape)
        self.right.build(right_shape)
        right_shape_2 = self.right.compute_output_shape(right_shape)
        merge_shape = self.merge.compute_output_shape([left_shape_2, right_shape_2])
        self.out.build(merge_shape)
        super().build(input_shape)

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
        self.left.build(input_shape["left"])
        left_shape = self.left.compute_output_shape(input_shape["left"])
        x_shape = {"left": left_shape, "right": (input_shape["right"][0], *input_shape["right"][2:])}
        self.right.build(x_shape["right"])
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

    def build(self, query_shape, value_shape):
        self.width = query_shape[-1]
        self.attend.build(query_shape=query_shape, value_shape=value_shape)
        x_shape = self.attend.compute_output_shape(query_shape=query_shape, value_shape=value_shape)
        self.norm.build(keras.layers.Add().compute_output_shape([query_shape, x_shape]))
        x_shape = keras.layers.Add().compute_output_shape([query_shape, x_shape])
        self.feed(keras.KerasTensor(x_shape))

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

    def build(self, inputs_shape, other_shape=None):
        self.dense.build(inputs_shape)
        if other_shape is not None:
            self.other.build(other_shape)
        super().build(inputs_shape)

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

    def build(self, input_shape):
        self.inner.build(input_shape)
        self.recurrent.build((input_shape[0], self.state_size))
        super().build(input_shape)

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
        body_output = self.body(keras.KerasTensor(input_shape))
        x_shape = body_output.shape
        self.feed(keras.KerasTensor(x_shape))
        super().build(input_shape)

    def call(self, inputs):
        with tf.name_scope("body"):
            x = self.body(inputs)
        return self.feed(x)


class Grown(Feed):
    def __init__(self):
        super().__init__(3)
        self.more = layers.Dense(3)

    def build(self, input_shape):
        hidden_shape = self.hidden.compute_output_shape(input_shape)
        x_shape = hidden_shape
        out_shape = self.out.compute_output_shape(x_shape)
        self.more.build(out_shape)
        super().build(input_shape)

    def call(self, inputs):
        return self.more(super().call(inputs))
