import keras
import tensorflow_hub as hub
import tensorflow_model_optimization as tfmot
from tensorflow_probability import layers as tfpl

model = keras.Sequential([hub.KerasLayer("https://tfhub.dev/a/b/1"), tfpl.DenseFlipout(2)])
pruned = tfmot.sparsity.keras.prune_low_magnitude(model)
