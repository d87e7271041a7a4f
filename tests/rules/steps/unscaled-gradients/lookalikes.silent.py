class Scaler:
    def get_unscaled_gradients(self, gradients):
        return gradients


def unscaled(scaler, gradients):
    return Scaler().get_unscaled_gradients(gradients), scaler.get_unscaled_gradients(gradients)
