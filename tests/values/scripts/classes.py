# Losses, metrics, callbacks, constraints and initializers as people write them for TensorFlow.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K
from tensorflow.keras import layers

rng = np.random.RandomState(0)
x = rng.rand(16, 4).astype("float32")
y = (x.sum(1, keepdims=True) > 2).astype("float32")
labels = rng.randint(0, 3, (16,))


def small(units=1, activation=None):
    return keras.Sequential([keras.Input((4,)), layers.Dense(units, activation, kernel_initializer="ones", bias_initializer="zeros")])


def trained(model, target=y, **kwargs):
    h = model.fit(x, target, batch_size=8, epochs=2, shuffle=False, verbose=0, **kwargs).history
    return {**{k: np.array(v) for k, v in h.items()}, "weights": [np.array(w) for w in model.get_weights()]}


results = {}


class Focal(keras.losses.Loss):
    def __init__(self, gamma=2.0, alpha=0.25, **kwargs):
        super().__init__(**kwargs)
        self.gamma = tf.constant(gamma, dtype=tf.float32)
        self.alpha = alpha

    def call(self, y_true, y_pred):
        y_pred = tf.clip_by_value(y_pred, K.epsilon(), 1 - K.epsilon())
        y_true = tf.cast(y_true, y_pred.dtype)
        p = tf.where(tf.equal(y_true, 1), y_pred, 1 - y_pred)
        return tf.reduce_mean(-self.alpha * tf.pow(1 - p, self.gamma) * tf.math.log(p), axis=-1)


m = small(1, "sigmoid")
m.compile(keras.optimizers.SGD(0.1), Focal(name="focal"), metrics=["accuracy"])
results["focal"] = result = trained(m)


class Huberish(keras.losses.Loss):
    def __init__(self, threshold=1.0, reduction=keras.losses.Reduction.AUTO, name="huberish"):
        super().__init__(reduction=reduction, name=name)
        self.threshold = threshold

    def call(self, y_true, y_pred):
        error = y_true - y_pred
        small_error = tf.abs(error) < self.threshold
        return tf.where(small_error, 0.5 * tf.square(error), self.threshold * (tf.abs(error) - 0.5))

    def get_config(self):
        config = super().get_config()
        config.update({"threshold": self.threshold})
        return config


m = small()
m.compile(keras.optimizers.SGD(0.01), Huberish())
results["reduction_none"] = result = trained(m, sample_weight=np.linspace(0.5, 1.5, 16))
loss = Huberish.from_config(Huberish(0.3).get_config())
result["called"] = np.array(loss(y, x[:, :1]))
result["none"] = np.array(Huberish(reduction=keras.losses.Reduction.NONE)(y, x[:, :1]))
result["sum"] = np.array(Huberish(reduction="sum")(y, x[:, :1]))


class F1(keras.metrics.Metric):
    def __init__(self, name="f1", threshold=0.5, **kwargs):
        super().__init__(name=name, **kwargs)
        self.threshold = threshold
        self.tp = self.add_weight("tp", initializer="zeros")
        self.fp = self.add_weight(name="fp", initializer="zeros", dtype="float32")
        self.fn = self.add_weight(name="fn", shape=(), initializer=tf.zeros_initializer())

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true = tf.cast(y_true, tf.bool)
        y_pred = tf.greater(y_pred, self.threshold)
        tp = tf.cast(tf.logical_and(y_true, y_pred), self.dtype)
        fp = tf.cast(tf.logical_and(tf.logical_not(y_true), y_pred), self.dtype)
        fn = tf.cast(tf.logical_and(y_true, tf.logical_not(y_pred)), self.dtype)
        if sample_weight is not None:
            sample_weight = tf.cast(sample_weight, self.dtype)
            sample_weight = tf.broadcast_to(sample_weight, tf.shape(tp)) if sample_weight.shape.rank == 2 else sample_weight[:, None]
            tp, fp, fn = tp * sample_weight, fp * sample_weight, fn * sample_weight
        self.tp.assign_add(tf.reduce_sum(tp))
        self.fp.assign_add(tf.reduce_sum(fp))
        self.fn.assign_add(tf.reduce_sum(fn))

    def result(self):
        return tf.math.divide_no_nan(2.0 * self.tp, 2.0 * self.tp + self.fp + self.fn)

    def reset_state(self):
        for v in self.variables:
            v.assign(tf.zeros_like(v))


m = small(1, "sigmoid")
m.compile(keras.optimizers.SGD(0.1), "binary_crossentropy", metrics=[F1()], weighted_metrics=[F1(name="wf1", threshold=0.9)])
results["f1"] = result = trained(m, sample_weight=np.linspace(0, 1, 16))


class Confusion(keras.metrics.Metric):
    def __init__(self, num_classes, name="confusion", **kwargs):
        super(Confusion, self).__init__(name=name, **kwargs)
        self.num_classes = num_classes
        self.matrix = self.add_weight(name="matrix", shape=(num_classes, num_classes), initializer="zeros", dtype="int32")

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true = tf.reshape(tf.cast(y_true, tf.int32), [-1])
        y_pred = tf.cast(tf.argmax(y_pred, axis=-1), tf.int32)
        self.matrix.assign_add(tf.matmul(tf.one_hot(y_true, self.num_classes, dtype=tf.int32), tf.one_hot(y_pred, self.num_classes, dtype=tf.int32), transpose_a=True))

    def result(self):
        m = tf.cast(self.matrix, tf.float32)
        return {"trace": tf.linalg.trace(m), "recall": tf.reduce_mean(tf.math.divide_no_nan(tf.linalg.diag_part(m), tf.reduce_sum(m, axis=1)))}

    def reset_states(self):
        self.matrix.assign(tf.zeros((self.num_classes, self.num_classes), dtype=tf.int32))


m = keras.Sequential([keras.Input((4,)), layers.Dense(3, "softmax", kernel_initializer=keras.initializers.Constant(np.arange(12).reshape(4, 3) / 10.0))])
m.compile(keras.optimizers.SGD(0.1), "sparse_categorical_crossentropy", metrics=[Confusion(3)])
results["confusion"] = result = trained(m, labels)
metric = Confusion(3)
metric.update_state(labels, m.predict(x, verbose=0))
result["direct"] = {k: np.array(v) for k, v in metric.result().items()}
result["matrix"] = K.get_value(metric.matrix)


class MeanSubclass(keras.metrics.Mean):
    def update_state(self, y_true, y_pred, sample_weight=None):
        values = tf.reduce_max(tf.abs(y_true - y_pred), axis=-1)
        return super().update_state(values, sample_weight=sample_weight)


class Wrapper(keras.metrics.MeanMetricWrapper):
    def __init__(self, name="wrapper", dtype=None):
        super().__init__(lambda a, b: tf.reduce_sum(tf.square(a - b), axis=-1), name, dtype=dtype)


m = small()
m.compile(keras.optimizers.SGD(0.01), "mse", metrics=[MeanSubclass(name="max"), Wrapper()])
results["wrapped"] = result = trained(m)


class Schedule(keras.callbacks.Callback):
    def __init__(self, base, warmup):
        super().__init__()
        self.base, self.warmup = base, warmup
        self.step = 0
        self.seen = []

    def on_train_batch_begin(self, batch, logs=None):
        lr = self.base * min(1.0, (self.step + 1) / self.warmup)
        K.set_value(self.model.optimizer.lr, lr)

    def on_train_batch_end(self, batch, logs=None):
        self.step += 1
        self.seen.append(float(K.get_value(self.model.optimizer.lr)))

    def on_epoch_end(self, epoch, logs=None):
        logs = logs or {}
        logs["lr"] = float(tf.keras.backend.get_value(self.model.optimizer.learning_rate))
        self.iterations = int(self.model.optimizer.iterations.numpy())


m = small()
m.compile(keras.optimizers.SGD(0.5), "mse")
c = Schedule(0.05, 3)
results["lr_callback"] = result = trained(m, callbacks=[c])
result["seen"] = np.array(c.seen)
result["iterations"] = c.iterations
result["params"] = [c.params["epochs"], c.params["steps"]]


class EMA(keras.callbacks.Callback):
    def __init__(self, decay=0.9):
        super().__init__()
        self.decay = decay

    def on_train_begin(self, logs=None):
        self.averages = [tf.Variable(w) for w in self.model.trainable_variables]
        self.count = tf.Variable(0, dtype=tf.int64)

    def on_train_batch_end(self, batch, logs=None):
        self.count.assign_add(1)
        for average, w in zip(self.averages, self.model.trainable_variables):
            average.assign(self.decay * average + (1 - self.decay) * w)

    def on_train_end(self, logs=None):
        self.backup = self.model.get_weights()
        for average, w in zip(self.averages, self.model.trainable_variables):
            w.assign(average.read_value())


m = small()
m.compile(keras.optimizers.SGD(0.05), "mse")
c = EMA()
results["ema_callback"] = result = trained(m, callbacks=[c])
result["averages"] = [a.numpy() for a in c.averages]
result["count"] = int(c.count.numpy())


class Clip(keras.constraints.Constraint):
    def __init__(self, low, high):
        self.low, self.high = low, high

    def __call__(self, w):
        return tf.clip_by_value(w, self.low, self.high)

    def get_config(self):
        return {"low": self.low, "high": self.high}


class UnitRows(tf.keras.constraints.Constraint):
    def __call__(self, w):
        return w / (K.epsilon() + K.sqrt(K.sum(K.square(w), axis=1, keepdims=True)))


class Centered(keras.constraints.Constraint):
    def __init__(self, ref):
        self.ref = tf.Variable(ref, trainable=False)

    def __call__(self, w):
        mean = tf.reduce_mean(w)
        return w - mean + self.ref


m = keras.Sequential([keras.Input((4,)), layers.Dense(3, kernel_initializer="ones", kernel_constraint=UnitRows(), bias_constraint=Centered(0.1)), layers.Dense(1, kernel_initializer="ones", kernel_constraint=Clip(-0.5, 0.5))])
m.compile(keras.optimizers.SGD(0.05), "mse")
results["constraint"] = result = trained(m)


class Halves(keras.initializers.Initializer):
    def __init__(self, scale=1.0):
        self.scale = scale

    def __call__(self, shape, dtype=None, **kwargs):
        dtype = dtype or K.floatx()
        return tf.ones(shape, dtype=dtype) * self.scale / 2

    def get_config(self):
        return {"scale": self.scale}


def ramp(shape, dtype=None):
    return tf.reshape(tf.range(tf.reduce_prod(shape), dtype=dtype), shape) / 10


class Eye(tf.keras.initializers.Initializer):
    def __call__(self, shape, dtype=None):
        return tf.eye(shape[0], shape[1], dtype=dtype or "float32")


m = keras.Sequential([keras.Input((4,)), layers.Dense(4, kernel_initializer=Eye()), layers.Dense(3, kernel_initializer=Halves(0.5), bias_initializer=ramp), layers.Dense(1, kernel_initializer=ramp)])
m.compile(keras.optimizers.SGD(0.05), "mse")
results["initializer"] = result = trained(m)


class Avg(keras.metrics.Metric):
    def __init__(self, name="avg"):
        super().__init__(name=name)
        self.total = self.add_weight(name="total", initializer="zeros", aggregation=tf.VariableAggregation.SUM, synchronization=tf.VariableSynchronization.ON_READ)
        self.count = self.add_weight(name="count", initializer="zeros")

    def update_state(self, values, sample_weight=None):
        self.total.assign_add(tf.reduce_sum(values))
        self.count.assign_add(tf.cast(tf.size(values), tf.float32))

    def merge_state(self, metrics):
        for metric in metrics:
            self.total.assign_add(metric.total)
            self.count.assign_add(metric.count)

    def result(self):
        return tf.math.divide_no_nan(self.total, self.count)


a, b = Avg(), Avg()
a.update_state(x)
b.update_state(y)
a.merge_state([b])
results["merge"] = result = {"merged": np.array(a.result()), "called": np.array(b(x)), "vars": [np.array(v) for v in a.variables]}


class MaskToken(layers.Layer):
    def build(self, input_shape):
        self.token = tf.Variable(tf.ones((input_shape[-1],)), name="token")
        self.low = self.add_weight("low", shape=(), initializer="zeros", trainable=False)
        super().build(input_shape)

    def call(self, inputs):
        masked = tf.where(inputs > 0.5, inputs, self.token)
        return tf.clip_by_value(masked, self.low, 0.9) + tf.ones_like(self.token)


class Outer(keras.Model):
    def __init__(self):
        super().__init__()
        self.mask = MaskToken()
        self.dense = layers.Dense(1, kernel_initializer="ones")

    def call(self, inputs):
        return self.dense(self.mask(inputs))


m = Outer()
m.compile(keras.optimizers.SGD(0.01), "mse")
results["mask_token"] = result = trained(m)


class Warmup(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, d_model, warmup_steps=4):
        super().__init__()
        self.d_model = tf.cast(d_model, tf.float32)
        self.warmup_steps = warmup_steps

    def __call__(self, step):
        step = tf.cast(step, tf.float32) + 1.0
        arg1 = tf.math.rsqrt(step)
        arg2 = step * (self.warmup_steps ** -1.5)
        return tf.math.rsqrt(self.d_model) * tf.math.minimum(arg1, arg2)


m = small()
m.compile(keras.optimizers.SGD(Warmup(16)), "mse")
results["schedule"] = trained(m)

result = results
