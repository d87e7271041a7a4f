import tensorflow as tf


def f(a, b, args):
    tf.einsum("ij,jk->ik", a, b)
    tf.einsum("ij,jk->ik", a, b, optimize="optimal")
    tf.einsum("ij,jk->ik", *args)
    tf.einsum(equation="ij->ji", *args)
    x, y = tf.meshgrid(a, b, indexing="ij")
