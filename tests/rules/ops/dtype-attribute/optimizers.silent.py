import tensorflow as tf
from tensorflow.python.ops import math_ops, state_ops
from tensorflow.python.training import optimizer


class Private(optimizer.Optimizer):
    def _apply_dense(self, grad, var):
        rate = math_ops.cast(self._rate, var.dtype.base_dtype)
        return state_ops.assign(var, tf.subtract(var, rate * grad), use_locking=True)


class Public(tf.compat.v1.train.GradientDescentOptimizer):
    def _apply_dense(self, grad, var):
        rate = tf.cast(self._rate, var.dtype.base_dtype)
        return var.assign_sub(tf.multiply(rate, grad))
