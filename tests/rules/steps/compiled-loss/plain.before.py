from tensorflow import keras


class Plain(keras.Model):
    def test_step(self, data):
        x, y = data
        inputs = {"x": x}
        y_pred = self(inputs["x"], training=False)
        return {"error": self.compiled_loss(y, y_pred)}
