import keras


def hard_sigmoid(x):
    return x


y = hard_sigmoid(1.0)
z = keras.activations.sigmoid(y)
layer = keras.layers.Dense(3, activation="sigmoid", name="hard_sigmoid")
other = keras.layers.Activation(hard_sigmoid)
model = keras.Sequential([layer])
model.compile("sgd", "mse", metrics=["binary_accuracy", keras.metrics.binary_accuracy])
print("hard_sigmoid")
