import keras


def merged(metrics):
    total = keras.metrics.Mean()
    total.merge_state(metrics)  # of all workers
    return total.result()


first, second = keras.metrics.Mean(), keras.metrics.Mean()
first.merge_state(
    [second],
)
done = first.merge_state([second])


class Board:
    def __init__(self):
        self.metric = keras.metrics.AUC()

    def collect(self, other, metric):
        if other:
            self.metric.merge_state([other])
        return metric
