from tensorflow.keras.layers import (
    Dense,
    ThresholdedReLU,
)

block = [Dense(3), ThresholdedReLU(0.5)]
