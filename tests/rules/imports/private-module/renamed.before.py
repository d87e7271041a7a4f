from tensorflow.python.keras.optimizer_v2.optimizer_v2 import OptimizerV2
from tensorflow.python.keras.optimizer_v2.optimizer_v2 import OptimizerV2 as Base
from keras.optimizer_v2.optimizer_v2 import OptimizerV2 as Other
from tensorflow.python.keras.engine.stuff import Layer, OptimizerV2 as Third


class One(OptimizerV2):
    pass


class Two(Base, Other, Third, Layer):
    pass
