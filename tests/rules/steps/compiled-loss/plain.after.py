from tensorflow import keras


class Plain(keras.Model):
    def test_step(self, data):
        x, y = data
        inputs = {"x": x}
        y_pred = self(inputs["x"], training=False)
        return {"error": self.compute_loss(None, y, y_pred)}
