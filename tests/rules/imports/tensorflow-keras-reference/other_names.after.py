import keras
import tensorflow as tf

optimizer = keras.optimizers.SGD(0.1)
loss = keras.losses.MeanSquaredError()
metric = keras.metrics.Mean()
v1 = keras.layers.Dense(3)
start = keras.initializers.GlorotUniform()
