from tensorflow import keras

optimizer = keras.optimizers.Adam()
variables = optimizer.variables()
first = keras.Sequential().optimizer.variables()[0]
