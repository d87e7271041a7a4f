import keras
import tensorflow as tf

optimizer = tf.optimizers.SGD(0.1)
loss = tf.losses.MeanSquaredError()
metric = tf.metrics.Mean()
start = tf.initializers.GlorotUniform()
