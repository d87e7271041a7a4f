"""What has no row of its own: packages that have no counterpart, and those that stay."""
import tensorflow as tf


def f(text, x, path):
    words = tf.strings.split(text)
    ragged = tf.RaggedTensor.from_row_lengths(x, [1, 2])
    other = tf.signal.no_such_op(x)
    with tf.io.gfile.GFile(path) as file:
        tf.summary.scalar("x", 1.0)
        table = tf.lookup.StaticHashTable(file, 0)
    variable = tf.Variable(1.0)
    spec = tf.TensorSpec((None,), tf.int32)
    return words, ragged, other, table, variable, spec, tf.data.Dataset.range(3), tf.__version__
