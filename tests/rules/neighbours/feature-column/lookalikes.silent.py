import tensorflow as tf
from mylib import feature_column

a = feature_column.numeric_column("age")
b = tf.io.FixedLenFeature([], "float32")
