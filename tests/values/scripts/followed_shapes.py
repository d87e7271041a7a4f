"""Layers whose shapes have to be followed through `call` to build the layers inside."""

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K
from tensorflow.keras import layers

D = layers.Dense


class Base(layers.Layer):
    def build(self, input_shape):
        super().build(input_shape)

    def compute_output_shape(self, input_shape):
        return (None, 2)


class Squeezed(Base):
    def __init__(self):
        super().__init__()
        self.a = D(4)
        self.b = D(2)

    def call(self, inputs):
        x = tf.expand_dims(inputs, 1)
        x = self.a(x)
        x = tf.squeeze(x, axis=1)
        x = tf.expand_dims(x, -1)
        x = tf.squeeze(x, -1)
        return self.b(x)


class Heads(Base):
    def __init__(self, heads=2):
        super().__init__()
        self.heads = heads
        self.size = 3
        self.q = D(heads * self.size)
        self.k = D(heads * self.size)
        self.v = D(heads * self.size)
        self.o = D(5)
        self.out = D(2)

    def split(self, x, batch_size):
        x = tf.reshape(x, (batch_size, -1, self.heads, self.size))
        return tf.transpose(x, perm=[0, 2, 1, 3])

    def call(self, inputs, mask=None):
        x = tf.stack([inputs, inputs * 2], axis=1)
        x = tf.reshape(x, [tf.shape(inputs)[0], 2, inputs.shape[-1]])
        batch_size = tf.shape(x)[0]
        q = self.split(self.q(x), batch_size)
        k = self.split(self.k(x), batch_size)
        v = self.split(self.v(x), batch_size)
        scores = tf.matmul(q, k, transpose_b=True) / tf.math.sqrt(tf.cast(self.size, tf.float32))
        if mask is not None:
            scores += mask * -1e9
        weights = tf.nn.softmax(scores, axis=-1)
        y = tf.matmul(weights, v)
        y = tf.transpose(y, [0, 2, 1, 3])
        y = tf.reshape(y, (batch_size, -1, self.heads * self.size))
        y = self.o(y)
        return self.out(tf.reduce_sum(y, 1))


class Recurrent(Base):
    def __init__(self):
        super().__init__()
        self.embed = layers.Embedding(10, 4)
        self.lstm = layers.LSTM(3, return_state=True, return_sequences=True)
        self.bi = layers.Bidirectional(layers.GRU(2))
        self.a = D(2)
        self.b = D(2)

    def call(self, inputs):
        x = self.embed(tf.cast(inputs * 0, "int32"))
        seq, h, c = self.lstm(x)
        return self.a(self.bi(seq)) + self.b(h) + self.a(tf.concat([h, c[:, :1]], -1))


class Convs(Base):
    def __init__(self):
        super().__init__()
        self.convs = [layers.Conv2D(2 + i, 3, padding="same", strides=2) for i in range(2)]
        self.acts = [layers.ReLU(), layers.LeakyReLU()]
        self.pool = layers.GlobalAveragePooling2D()
        self.se = [D(2, activation="relu"), D(3, activation="sigmoid")]
        self.flat = layers.Flatten()
        self.out = D(2)

    def call(self, inputs):
        x = inputs[:, :, None, None] * tf.ones((1, 1, 4, 2))
        for i, conv in enumerate(self.convs):
            x = conv(x)
            x = self.acts[i](x)
        s = self.pool(x)
        for dense in self.se:
            s = dense(s)
        s = tf.reshape(s, (-1, 1, 1, 3))
        return self.out(self.flat(x * s))


class Appended(Base):
    def __init__(self, n=3):
        super().__init__()
        self.n = n
        self.blocks = []
        for i in range(n):
            self.blocks.append(D(i + 1))
        self.out = D(2)

    def call(self, inputs):
        outs = []
        x = inputs
        for i in range(self.n):
            x = self.blocks[i](x)
            outs.append(x)
        y = tf.concat(outs, axis=-1)
        return self.out(y)


class Shared(Base):
    def __init__(self):
        super().__init__()
        self.d = D(3)
        self.e = D(2)

    def call(self, inputs):
        a = self.d(inputs)
        b = self.d(inputs * 2)
        a, b = b, a
        x = tf.concat([a, b], 1)
        return self.e(x) + self.e(tf.concat([x[:, 3:], x[:, :3]], axis=1))


class Residual(Base):
    def __init__(self, use=True):
        super().__init__()
        self.use = use
        self.d = D(3)
        self.n = layers.LayerNormalization()
        self.p = D(3) if use else None
        self.e = D(2)

    def call(self, inputs, training=False):
        shortcut = inputs
        x = self.d(inputs)
        if self.p is not None:
            shortcut = self.p(shortcut)
            x = x + shortcut
        if training:
            x = x * 1.0
        else:
            x = tf.identity(x)
        x = self.n(x)
        return self.e(x)


class Early(Base):
    def __init__(self, deep=True):
        super().__init__()
        self.deep = deep
        self.d = D(2)
        self.e = D(2)

    def call(self, inputs):
        x = self.d(inputs)
        if not self.deep:
            return x
        return self.e(x)


class Helper(Base):
    def __init__(self):
        super().__init__()
        self.d = D(5)
        self.e = D(2)

    def body(self, x, scale=1.0):
        x = self.d(x) * scale
        x = tf.nn.relu(x)
        return x

    def call(self, x):
        y = self.body(x, scale=2.0)
        z = self.body(x)
        return self.e(y + z)


class Einsum(Base):
    def __init__(self):
        super().__init__()
        self.d = layers.Dense(4)
        self.att = layers.MultiHeadAttention(2, 2)
        self.norm = layers.BatchNormalization()
        self.e = D(2)

    def call(self, inputs):
        x = K.expand_dims(inputs, axis=1)
        x = self.d(x)
        x = self.norm(x + self.att(x, x))
        return self.e(K.mean(x, axis=1))


class Multiply(Base):
    def __init__(self):
        super().__init__()
        self.gate = D(1, activation="sigmoid")
        self.add = layers.Add()
        self.d = D(3)
        self.e = D(2)

    def call(self, inputs):
        g = self.gate(inputs)
        x = inputs * g
        x = self.add([x, inputs])
        return self.e(self.d(x))


class Branchy(Base):
    def __init__(self, kind="b"):
        super().__init__()
        self.kind = kind
        if kind == "a":
            self.a = D(2)
        elif kind == "b":
            self.b1 = D(5)
            self.b2 = D(2)
        else:
            self.c = D(2)

    def call(self, inputs):
        if self.kind == "a":
            x = self.a(inputs)
        elif self.kind == "b":
            x = self.b1(inputs)
            x = self.b2(x)
        else:
            x = self.c(inputs)
        return x


class Inner(layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(name="w", shape=(input_shape[-1],), initializer="ones")
        self.a = D(4)
        self.b = D(3)
        super(Inner, self).build(input_shape)

    def call(self, x):
        return self.b(self.a(x * self.w))


class Plain(layers.Layer):
    def __init__(self):
        super().__init__()
        self.a = D(4)

    def call(self, x):
        return self.a(x)


class Nested(Base):
    def __init__(self):
        super().__init__()
        self.inner = Inner()
        self.plain = Plain()
        self.seq = keras.Sequential([D(3), layers.Dropout(0.1), D(2)])

    def call(self, x, training=False):
        x = self.plain(x)
        x = self.inner(x)
        return self.seq(x, training=training)


class Scores(Base):
    def __init__(self):
        super().__init__()
        self.att = layers.MultiHeadAttention(num_heads=2, key_dim=2)
        self.out = D(2)
        self.p = D(1)

    def call(self, x):
        x = x[:, None, :]
        y, scores = self.att(query=x, value=x, return_attention_scores=True)
        y, scores = self.att(x, x, return_attention_scores=True)
        z = self.att(x, x)
        return self.out(z[:, 0])


class States(Base):
    def __init__(self):
        super().__init__()
        self.enc = layers.LSTM(3, return_state=True)
        self.dec = layers.LSTM(3, return_sequences=True)
        self.gru = layers.GRU(2, return_state=True, return_sequences=True)
        self.fc = D(2)
        self.g = D(2)

    def call(self, x):
        x = x[:, :, None]
        _, h, c = self.enc(x)
        y = self.dec(x, initial_state=[h, c])
        seq, state = self.gru(y)
        return self.fc(seq[:, -1, :]) + self.g(state)


class Named(Base):
    def __init__(self):
        super().__init__()
        self.a = D(4)
        self.b = D(2)

    def half(self, x):
        size = x.shape[-1]
        x = tf.reshape(x, (-1, size))
        return self.a(x)

    def call(self, x):
        size = x.shape[-1]
        y = self.half(tf.concat([x, x], axis=-1))
        x = tf.reshape(x, (-1, size))
        return self.b(tf.concat([x, y], -1))


class TwoStates(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.state_size = [units, units]
        self.output_size = units
        self.i = D(units)
        self.f = D(units)

    def build(self, input_shape):
        self.k = self.add_weight(name="k", shape=(input_shape[-1], self.units), initializer="ones")
        self.built = True

    def call(self, inputs, states, training=None):
        h, c = states
        c = self.f(h) + c
        h = tf.nn.tanh(self.i(inputs) + tf.matmul(inputs, self.k) + c)
        return h, [h, c]


class OneState(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.state_size = units
        self.kernel = D(units)
        self.rec = D(units, use_bias=False)

    def call(self, inputs, states):
        prev_output = states[0] if isinstance(states, (list, tuple)) else states
        output = self.kernel(tf.concat([inputs, prev_output], axis=-1)) + self.rec(prev_output)
        return output, [output]


class Rebound(Base):
    def __init__(self):
        super().__init__()
        self.a = D(2)

    def build(self, input_shape):
        input_shape = tuple(input_shape)
        self.s = self.add_weight(name="s", shape=input_shape[1:], initializer="ones")

    def call(self, x):
        return self.a(x * self.s)


class Split(Base):
    def __init__(self):
        super().__init__()
        self.a = D(2)
        self.b = D(2)

    def call(self, x):
        u, v = tf.split(x, 2, axis=-1)
        return self.a(u) * self.b(tf.repeat(v, 3, axis=-1))


class Deep(Base):
    def __init__(self, sizes=(5, 4)):
        super().__init__()
        self.sizes = sizes
        self.layers_ = {}
        for i, s in enumerate(sizes):
            self.layers_[f"l{i}"] = D(s)
        self.named = {"x": D(3), "y": D(2)}
        self.out = D(2)

    def call(self, x):
        x = self.named["x"](x)
        for name, layer in self.layers_.items():
            x = layer(x)
        for key in self.layers_:
            pass
        return self.out(x)


class Pooled(Base):
    def __init__(self):
        super().__init__()
        self.a = D(2)
        self.convs = [layers.Conv1D(3, k, padding="same") for k in (2, 3)]

    def call(self, x):
        x = x[..., None]
        pooled = []
        for conv in self.convs:
            c = conv(x)
            pooled.append(tf.reduce_max(c, axis=1))
        return self.a(tf.concat(pooled, axis=1))


makers = [
    Squeezed, Heads, Recurrent, Convs, Appended, Shared, Residual, lambda: Residual(False), Early,
    lambda: Early(False), Helper, Einsum, Multiply, Branchy, lambda: Branchy("a"),
    lambda: Branchy("c"), Nested, Scores, States, Named, lambda: layers.RNN(TwoStates(2)),
    lambda: layers.RNN(OneState(2)), Rebound, Split, Deep, Pooled,
]
result = {}
for number, make in enumerate(makers):
    layer = make()
    shape = (4, 3) if isinstance(layer, layers.RNN) else (4,)
    inputs = keras.Input(shape)
    model = keras.Model(inputs, layer(inputs))
    before = sorted(tuple(one.shape) for one in model.get_weights())
    model.set_weights([one * 0.0 + 0.1 for one in model.get_weights()])
    result[number, type(layer).__name__] = before, model.predict(np.ones((2, *shape)), verbose=0)
