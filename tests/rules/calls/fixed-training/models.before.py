import keras

inputs = keras.Input((3,))
x = keras.layers.Dense(3)(inputs)
x = keras.layers.Dropout(0.5)(x, training=True)
base = keras.applications.MobileNetV2()
features = base(inputs, training=False)
