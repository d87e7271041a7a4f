from tensorflow.keras.layers import (
    Dense,
    ThresholdedReLU, ReLU,
)

block = [Dense(3), ReLU(threshold=0.5)]
