import keras
import tensorflow as tf
import tensorflow_addons as tfa

dataset = tf.data.Dataset.range(3)
a = tfa.layers.WeightNormalization(layer)
b = tfa.activations.hardshrink(x, -1.0, 1.0)
c = keras.activations.hard_shrink(x)
d = tfa.optimizers.LAMB(1e-3, weight_decay=0.01)
e = tfa.optimizers.AdamW(1e-4, learning_rate=rate())
f = tfa.layers.Sparsemax()
g = keras.layers.GroupNormalization.from_config(config)
h = tfa.metrics.F1Score
i = tfa.layers.GELU()
j = tfa.image.transform(x, y, mode)
k = tfa.image.transform(x, y, output_shape=(3, 3))
l = tfa.optimizers.LAMB(1e-3, weight_decay_rate=0.1)
m = dataset.map(lambda image: tfa.image.transform(image, y))
n = tfa.layers.InstanceNormalization(groups=2)
