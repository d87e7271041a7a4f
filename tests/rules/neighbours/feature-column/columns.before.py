import tensorflow as tf
from tensorflow import feature_column as fc

age = fc.bucketized_column(tf.feature_column.numeric_column("age"), [18, 65])
