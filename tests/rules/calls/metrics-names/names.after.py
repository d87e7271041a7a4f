import keras

model = keras.Sequential([keras.layers.Dense(1)])
model.compile("sgd", "mse", metrics=["mae"])
print(model.metrics_names)
for name, value in zip(model.metrics_names, model.evaluate([[1.0]], [[1.0]])):
    print(name, value)
