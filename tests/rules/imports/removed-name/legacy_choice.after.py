import tensorflow as tf
from packaging import version

if version.parse(tf.__version__) >= version.parse("2.11"):
    from tensorflow.keras import optimizers
else:
    from tensorflow.keras import optimizers

try:
    from tensorflow.keras.optimizers import SGD, Adam as AdamOptimizer  # TensorFlow 2.11
except ImportError:
    from tensorflow.keras.optimizers import SGD, Adam as AdamOptimizer

try:
    from keras import optimizers as experimental
except ImportError:
    experimental = None

print(optimizers.Adam(), SGD(), AdamOptimizer(), experimental)
