import keras


class Counted(keras.Model):
    def train_step(self, data):
        self._assert_compile_was_called()
        if not self.compiled:
            return {}
        step = self.optimizer.iterations
        scaled = self.optimizer.scale_loss(self(data))
        return {"step": step, "scaled": scaled, "tests": self._test_counter}


def prepared(model):
    model.load_weights("weights.h5")
    return model.compiled, model._get_compile_args(), model._validate_compile
