import keras
import tensorflow as tf


def f(a, b, args):
    keras.ops.einsum("ij,jk->ik", a, b)
    tf.einsum("ij,jk->ik", a, b, optimize="optimal")
    tf.einsum("ij,jk->ik", *args)
    tf.einsum(equation="ij->ji", *args)
    x, y = keras.ops.meshgrid(a, b, indexing="ij")
