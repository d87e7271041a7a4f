# Layers and metrics that keep their state in variables of TensorFlow.
import numpy as np
import tensorflow as tf

x = np.linspace(-1.0, 1.0, 24).astype("float32").reshape(8, 3)
y = np.sin(3.0 * x[:, :1])


class Scale(tf.keras.layers.Layer):
    def __init__(self, start=0.5, **kwargs):
        super().__init__(**kwargs)
        self.start = start
        self.gain = tf.Variable(1.5, name="gain")
        self.calls = tf.Variable(0, trainable=False, dtype=tf.int64)
        self.mean = tf.Variable(tf.zeros((3,)), trainable=False, name="mean")

    def build(self, input_shape):
        self.scale = tf.Variable(self.start * tf.ones((input_shape[-1],)), name="scale")
        self.offsets = [tf.Variable(tf.constant(0.25)), tf.Variable(tf.zeros([input_shape[-1]]))]

    def call(self, inputs, training=None):
        if training:
            self.calls.assign_add(1)
            self.mean.assign(0.9 * self.mean + 0.1 * tf.reduce_mean(inputs, axis=0))
        shifted = inputs * self.scale * self.gain - self.mean
        return shifted + self.offsets[0] + self.offsets[1]


class Linear(tf.keras.layers.Layer):
    def __init__(self, units=4):
        super().__init__()
        self.units = units
        self.kernel_initializer = tf.keras.initializers.get("ones")

    def build(self, input_shape):
        b_init = tf.zeros_initializer()
        self.w = tf.Variable(
            initial_value=self.kernel_initializer(shape=(input_shape[-1], self.units)),
            trainable=True,
        )
        self.b = tf.Variable(initial_value=b_init(shape=(self.units,), dtype="float32"))
        self.frozen = tf.Variable(tf.fill((self.units,), 0.1), trainable=False)
        order = np.arange(self.units)[::-1] + 0
        self.order = tf.Variable(tf.convert_to_tensor(order), trainable=False, dtype=tf.int64)
        self.table = self.add_weight(shape=(self.units,), initializer="ones", name="table")
        self.copied = tf.Variable(self.table.read_value(), trainable=False)
        self.wide = tf.Variable(np.ones((self.units,)), trainable=False, dtype="float32")
        drawn = tf.random_normal_initializer()
        self.drawn = [
            tf.Variable(drawn(shape=(2,), dtype=tf.float32), trainable=False) for _ in range(2)
        ]
        self.last = tf.Variable(tf.zeros((), dtype=tf.float32), trainable=False)

    def call(self, inputs):
        self.last.assign(tf.reduce_sum(self.frozen.read_value()))
        kept = self.frozen * self.table + self.copied - self.wide
        return tf.gather(tf.matmul(inputs, self.w) + self.b + kept, self.order, axis=1)


class Block(tf.keras.layers.Layer):
    """Its layers are built where it is called."""

    def __init__(self):
        super().__init__()
        self.scale = Scale()
        self.linear = Linear()

    def call(self, inputs, training=None):
        return self.linear(self.scale(inputs, training=training))


class Total(tf.keras.metrics.Metric):
    def __init__(self, name="total", **kwargs):
        super().__init__(name=name, **kwargs)
        self.sum = tf.Variable(0.0, trainable=False)
        self.count = tf.Variable(0, trainable=False, dtype=tf.int32)

    def update_state(self, y_true, y_pred, sample_weight=None):
        self.sum.assign_add(tf.reduce_sum(tf.abs(y_true - y_pred)))
        self.count.assign_add(tf.shape(y_true)[0])

    def result(self):
        return self.sum / tf.cast(self.count, tf.float32)


class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.block = Block()
        self.temperature = tf.Variable(2.0)
        self.dense = tf.keras.layers.Dense(1, kernel_initializer="ones")

    def call(self, inputs, training=None):
        return self.dense(self.block(inputs, training=training)) / self.temperature


model = Net()
model.compile(tf.keras.optimizers.SGD(0.001), "mse", metrics=[Total()])
history = model.fit(x, y, batch_size=4, epochs=2, shuffle=False, verbose=0).history
scale, linear = model.block.scale, model.block.linear
layer = Scale(2.0)
layer(x)

result = {
    "loss": np.array(history["loss"]),
    "total": np.array(history["total"]),
    "predicted": model.predict(x, verbose=0),
    "trained": len(model.trainable_weights),
    "weights": len(model.weights),
    "calls": int(scale.calls.numpy()),
    "mean": scale.mean.numpy(),
    "scale": scale.scale.numpy(),
    "gain": np.array(scale.gain.numpy()),
    "offsets": [scale.offsets[0].numpy(), scale.offsets[1].numpy()],
    "w": linear.w.numpy(),
    "last": np.array(linear.last.numpy()),
    "temperature": np.array(model.temperature.numpy()),
    "drawn": bool((linear.drawn[0].numpy() != linear.drawn[1].numpy()).any()),
    "alone": [one.shape for one in layer.get_weights()],
}
