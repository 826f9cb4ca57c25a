"""Makes em.json with scikit-learn: EM from given parameters, reg_covar 1e-6, tol 0, m steps.

Run from the folder that holds the CSV files: python generate.py > em.json
"""
import json
import warnings

import numpy as np
import sklearn
from sklearn.mixture import GaussianMixture

warnings.filterwarnings("ignore")


def start(x, k, kind):
    n, d = x.shape
    means = x[np.linspace(0, n - 1, k).astype(int)] + 0.01 * x.std(axis=0)
    cov = np.cov(x.T, bias=True)
    weights = (1.0 + np.arange(k)) / np.sum(1.0 + np.arange(k))
    if kind == "full":
        covs = np.array([cov * (1 + 0.1 * i) for i in range(k)])
        precisions = np.linalg.inv(covs)
    elif kind == "tied":
        covs = cov
        precisions = np.linalg.inv(covs)
    elif kind == "diag":
        covs = np.array([np.diag(cov) * (1 + 0.1 * i) for i in range(k)])
        precisions = 1 / covs
    else:
        covs = np.array([np.trace(cov) / d * (1 + 0.1 * i) for i in range(k)])
        precisions = 1 / covs
    return weights, means, covs, precisions


cases = []
for name, columns, k in [("iris", 4, 3), ("faithful", 2, 3), ("wine", 13, 4)]:
    x = np.loadtxt(name + ".csv", delimiter=",", skiprows=1, usecols=range(columns))
    for kind in ["full", "tied", "diag", "spherical"]:
        weights, means, covs, precisions = start(x, k, kind)
        case = dict(name=f"{name}_{kind}", data=name, columns=columns, covariance_type=kind,
                    start=dict(weights=weights.tolist(), means=means.tolist(), covariances=covs.tolist()),
                    after=[])
        for m in [1, 2, 3, 5, 10, 20, 50]:
            g = GaussianMixture(k, covariance_type=kind, tol=0, reg_covar=1e-6, max_iter=m, weights_init=weights,
                                means_init=means, precisions_init=precisions).fit(x)
            case["after"].append(dict(
                steps=m, weights=g.weights_.tolist(), means=g.means_.tolist(), covariances=g.covariances_.tolist(),
                score=g.score(x), aic=g.aic(x), bic=g.bic(x), score_samples=g.score_samples(x)[:10].tolist()))
        cases.append(case)
print(json.dumps(dict(schema="sklearn-em/1", producer=f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
                      cases=cases)))
