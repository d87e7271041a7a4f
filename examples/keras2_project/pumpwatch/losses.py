"""Losses of the fault, severity and reconstruction models."""

import tensorflow as tf
import tensorflow.keras.backend as K


def weighted_fault_loss(y_true, y_pred):
    """Cross-entropy on logits in which cavitation counts twice."""
    labels = tf.cast(tf.reshape(y_true, [-1]), tf.int32)
    loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=y_pred)
    return loss * tf.where(tf.equal(labels, 3), 2.0, 1.0)


def alarm_loss(y_true, y_pred):
    """Binary cross-entropy on the logit of an alarm."""
    target = tf.cast(y_true, y_pred.dtype)
    loss = tf.nn.sigmoid_cross_entropy_with_logits(labels=target, logits=y_pred)
    return tf.reduce_mean(loss, axis=-1)


def severity_loss(y_true, y_pred):
    """Squared error, with an extra cost for a severity that is too low."""
    error = y_true - y_pred
    return K.mean(K.square(error), axis=-1) + 0.5 * K.mean(K.maximum(error, 0.0), axis=-1)


def spectral_loss(clean, restored):
    """Mean error per window, of the samples and of their two-dimensional spectrum."""
    rest = tf.range(1, tf.rank(clean))
    error = clean - restored
    spectrum = tf.abs(tf.signal.fft2d(tf.complex(error, tf.zeros_like(error))))
    spectrum = spectrum / K.int_shape(clean)[1]
    return tf.reduce_mean(tf.square(error), axis=rest) + tf.reduce_mean(spectrum, axis=rest)


def decorrelation_loss(codes):
    """Distance of the correlation matrix of the codes from the identity."""
    codes = tf.nn.l2_normalize(codes - tf.reduce_mean(codes, axis=0), axis=0)
    gram = tf.matmul(codes, codes, transpose_a=True)
    return tf.norm(gram - tf.eye(K.int_shape(codes)[-1]), ord="euclidean")


class SmoothedCrossEntropy(tf.keras.losses.Loss):
    """Softmax cross-entropy against smoothed integer labels."""

    def __init__(self, smoothing=0.1, reduction=tf.keras.losses.Reduction.AUTO, name="smoothed"):
        super().__init__(reduction=reduction, name=name)
        self.smoothing = smoothing

    def call(self, y_true, y_pred):
        depth = y_pred.shape[-1]
        labels = tf.cast(tf.reshape(y_true, [-1]), tf.int32)
        off = self.smoothing / (depth - 1)
        target = tf.one_hot(labels, depth, on_value=1.0 - self.smoothing, off_value=off)
        return tf.nn.softmax_cross_entropy_with_logits(labels=target, logits=y_pred)
