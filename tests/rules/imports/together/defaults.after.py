import keras

a = keras.optimizers.Lion(learning_rate=0.0001)
b = keras.optimizers.Lion(beta_1=0.9, learning_rate=0.0001)
c = keras.optimizers.Lion(learning_rate=0.1)
