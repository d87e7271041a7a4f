import keras

leaky = keras.layers.LeakyReLU(0.1)
both = keras.layers.Bidirectional(keras.layers.LSTM(2))
depth = keras.layers.DepthwiseConv2D(3)
lookup = keras.layers.StringLookup()
mean = keras.metrics.Mean()
scaled = keras.mixed_precision.LossScaleOptimizer(keras.optimizers.SGD())
print(leaky.alpha, both.layer.units, depth.depthwise_kernel, lookup.is_adapted)
print(mean.non_trainable_variables, mean.get_weights(), scaled.get_scaled_loss(1.0))
