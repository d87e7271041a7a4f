import keras


def merged(metrics):
    total = keras.metrics.Mean()
    for metric_2 in metrics:
        for variable, other_2 in zip(total.variables, metric_2.variables):
            variable.assign(variable + other_2)  # of all workers
    return total.result()


first, second = keras.metrics.Mean(), keras.metrics.Mean()
for metric_2 in [second]:
    for variable, other_2 in zip(first.variables, metric_2.variables):
        variable.assign(variable + other_2)
done = first.merge_state([second])


class Board:
    def __init__(self):
        self.metric = keras.metrics.AUC()

    def collect(self, other, metric):
        if other:
            for metric_2 in [other]:
                for variable, other_2 in zip(self.metric.variables, metric_2.variables):
                    variable.assign(variable + other_2)
        return metric
