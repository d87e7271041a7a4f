import keras

settings = {"learning_rate": 0.1}
schedule = keras.optimizers.schedules.ExponentialDecay(0.1, 1, 0.1)
one = keras.optimizers.SGD(decay=0.1, **settings)
two = keras.optimizers.SGD(schedule, decay=0.1)
