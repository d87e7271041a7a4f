import keras_cv
from keras_cv.layers import RandAugment

a = keras_cv.layers.MixUp()
b = RandAugment((0, 255))
c = keras_cv.models.RetinaNet
