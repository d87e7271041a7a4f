import keras


class Own(keras.Model):
    @property
    def metrics_names(self):
        return ["loss"]


print(Own().metrics_names)
print(unknown.metrics_names)
metrics_names = ["loss"]
model = keras.Sequential([keras.layers.Dense(1)])
print(metrics_names, model.metrics, model.evaluate([[1.0]], [[1.0]], return_dict=True))
