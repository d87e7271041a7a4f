import tensorflow_hub as hub
import tensorflow_model_optimization as tfmot
import tensorflow_probability as tfp
from mylib import KerasLayer

module = hub.load(hub.resolve("https://tfhub.dev/a/b/1"))
normal = tfp.distributions.Normal(0.0, 1.0)
layer = KerasLayer("a")
version = tfmot.__version__
