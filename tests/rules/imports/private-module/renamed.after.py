from keras.optimizers import Optimizer as OptimizerV2
from keras.optimizers import Optimizer as Base
from keras.optimizers import Optimizer as Other
from keras.layers import Layer
from keras.optimizers import Optimizer as Third


class One(OptimizerV2):
    pass


class Two(Base, Other, Third, Layer):
    pass
