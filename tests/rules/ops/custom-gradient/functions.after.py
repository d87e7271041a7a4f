import tensorflow as tf
from tensorflow import custom_gradient, keras


@keras.ops.custom_gradient
def reverse(x, scale=1.0):
    def grad(*args, upstream=None):
        # the other way
        dy = args[0] if upstream is None else upstream
        return -dy * scale, None

    return tf.identity(x), grad


class Reversal(keras.layers.Layer):
    def call(self, inputs):
        return reverse(inputs, keras.ops.convert_to_tensor(self.scale)) + reverse(inputs, tf.ones(()))


@keras.ops.custom_gradient
def stable(x):
    e = tf.exp(x)

    def gradient(*args, upstream=None):
        """Of the logarithm."""
        upstream = args[0] if upstream is None else upstream
        return upstream * (1 - 1 / (1 + e))

    return (tf.math.log(1 + e), gradient)


class Straight(keras.layers.Layer):
    def call(self, inputs):
        @keras.ops.custom_gradient
        def rounded(x):
            def grad(*args, upstream=None):
                dy = args[0] if upstream is None else upstream
                return dy

            return tf.round(x), grad

        return rounded(inputs)

    @tf.custom_gradient
    def method(self, x):
        def grad(dy):
            return dy

        return x, grad


@tf.custom_gradient
def with_variables(x):
    def grad(dy, variables=None):
        return dy, [None]

    return x * 2, grad


@tf.custom_gradient
def by_lambda(x):
    return x * 2, lambda dy: dy


@tf.custom_gradient
def keywords(x, y):
    def grad(dy):
        return dy, dy

    return x * y, grad


product = keywords(tf.ones(()), y=2.0)
late = tf.custom_gradient(with_variables)


@tf.custom_gradient
def scaled(x, args):
    def grad(dy):
        return dy * args, None

    return x, grad
