"""Growth of a small panel and sums by cluster that do not depend on the order of the rows.

Run it with `python examples/first_steps.py`.
"""

import numpy as np

import sndstats as snd

rng = np.random.default_rng(2023)
firms, years = 200, np.arange(2019, 2024)
firm = np.repeat(np.arange(firms), len(years))
year = np.tile(years, firms)
cluster = np.array(["photonics", "medical devices"])[rng.integers(0, 2, firms)][firm]
output = rng.lognormal(3, 1, firms)[firm] * 1.08 ** (year - 2019)

# One firm in ten does not report every year, and the table comes in no order.
keep = rng.permutation(np.flatnonzero(rng.random(len(firm)) > 0.1))
firm, year, cluster, output = firm[keep], year[keep], cluster[keep], output[keep]

growth = snd.growth_rate(output, lag=[1, 4], time=year, groups=firm)
why = snd.growth_reason(output, lag=1, time=year, groups=firm)
print(
    "cells without a rate:",
    {snd.Reason(r).name: int(n) for r, n in zip(*np.unique(why, return_counts=True), strict=True)},
)
assert np.allclose(growth[0][why == snd.Reason.OK], 0.08)

clusters = snd.Clusters(cluster)
print(dict(zip(clusters.labels.tolist(), clusters.sum(output).tolist(), strict=True)))

shuffled = rng.permutation(len(output))
again = snd.Clusters(cluster[shuffled]).sum(output[shuffled])
assert clusters.sum(output).tobytes() == again.tobytes()
