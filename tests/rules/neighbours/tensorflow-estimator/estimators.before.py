import tensorflow as tf
from tensorflow.estimator import RunConfig
from tensorflow_estimator.python.estimator.estimator import Estimator


def model_fn(features, labels, mode):
    if mode == tf.estimator.ModeKeys.PREDICT:
        return tf.compat.v1.estimator.EstimatorSpec(mode)


estimator = Estimator(model_fn, config=RunConfig())
