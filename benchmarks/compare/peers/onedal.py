"""oneDAL's em_gmm, through daal4py."""
import daal4py
import numpy as np
from timing import K, KIND, MEANS, ROWS, THREADS, VARIANCES, report

daal4py.daalinit(THREADS)
DIAGONAL = KIND == "diagonal"
COVARIANCES = [np.ascontiguousarray(VARIANCES.reshape(1, -1) if DIAGONAL else np.diag(VARIANCES)) for _ in range(K)]


def run(iterations):
    return daal4py.em_gmm(
        nComponents=K,
        maxIterations=iterations,
        accuracyThreshold=0.0,
        covarianceStorage="diagonal" if DIAGONAL else "full",
    ).compute(ROWS, np.full((1, K), 1 / K), MEANS, COVARIANCES)


report(run, lambda: float(np.asarray(run(4).goalFunction).ravel()[0]) / len(ROWS))
