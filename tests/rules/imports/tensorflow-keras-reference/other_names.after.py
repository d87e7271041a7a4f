import keras
import tensorflow as tf

optimizer = keras.optimizers.SGD(0.1)
loss = keras.losses.MeanSquaredError()
metric = keras.metrics.Mean()
start = keras.initializers.GlorotUniform()
