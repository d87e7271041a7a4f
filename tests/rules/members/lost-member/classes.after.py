import keras

leaky = keras.layers.LeakyReLU(0.1)
both = keras.layers.Bidirectional(keras.layers.LSTM(2))
depth = keras.layers.DepthwiseConv2D(3)
lookup = keras.layers.StringLookup()
mean = keras.metrics.Mean()
scaled = keras.mixed_precision.LossScaleOptimizer(keras.optimizers.SGD())
print(leaky.negative_slope, both.forward_layer.units, depth.kernel, lookup.is_adapted)
print(mean.variables, mean.get_weights(), scaled.scale_loss(1.0))
