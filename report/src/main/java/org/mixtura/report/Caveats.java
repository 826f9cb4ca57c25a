package org.mixtura.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;

/** What the mixture itself says against trusting it: components that are empty, nearly the same, or rest on too few rows. */
final class Caveats {
    /** Below this separation two components share one mode, and more than half of their mass. */
    private static final double LEAST_SEPARATION = 1;
    /** A component with fewer rows is empty. */
    private static final double LEAST_COUNT = 0.5;
    /** The error of a variance from fewer rows is about as large as the variance. */
    private static final int LEAST_ROWS = 5;

    private static final int MOST_NAMED = 3;

    private Caveats() {}

    /** Whether components without rows are a reason to doubt. */
    enum Emptiness {
        /** The method leaves empty what the rows do not need. */
        INTENDED,
        /** Every component is there to hold rows. */
        UNEXPECTED
    }

    /**
     * The caveats, in sentences.
     *
     * @param counts rows of each component
     * @param separations K × K, or nothing
     * @param emptiness what to think of components without rows
     */
    static List<String> of(GaussianMixture mixture, double[] counts, double[][] separations, Emptiness emptiness) {
        List<String> caveats = new ArrayList<>();
        if (emptiness == Emptiness.UNEXPECTED) {
            empty(counts, caveats);
        }
        nearDuplicates(counts, separations, caveats);
        fewRows(mixture, counts, caveats);
        return caveats;
    }

    private static void empty(double[] counts, List<String> caveats) {
        long empty =
                Arrays.stream(counts).filter(count -> !(count >= LEAST_COUNT)).count();
        if (empty > 0) {
            caveats.add((empty == 1 ? "1 component holds" : empty + " components hold")
                    + " less than half a row; fewer components say the same");
        }
    }

    private static void nearDuplicates(double[] counts, double[][] separations, List<String> caveats) {
        List<String> pairs = new ArrayList<>();
        for (int k = 0; k < separations.length; k++) {
            for (int l = k + 1; l < separations.length; l++) {
                boolean bothHoldRows = counts[k] >= LEAST_COUNT && counts[l] >= LEAST_COUNT;
                if (bothHoldRows && separations[k][l] < LEAST_SEPARATION) {
                    pairs.add(String.format(Locale.ROOT, "%d and %d (%.2f)", k, l, separations[k][l]));
                }
            }
        }
        if (!pairs.isEmpty()) {
            caveats.add(
                    "components " + some(pairs)
                            + " are less than one standard deviation apart and may be one group; fewer components may say the same");
        }
    }

    private static void fewRows(GaussianMixture mixture, double[] counts, List<String> caveats) {
        List<String> few = new ArrayList<>();
        for (int k = 0; k < counts.length; k++) {
            if (counts[k] >= LEAST_COUNT && counts[k] < needed(mixture)) {
                few.add(String.format(Locale.ROOT, "%d (%.1f rows)", k, counts[k]));
            }
        }
        if (!few.isEmpty()) {
            caveats.add((few.size() == 1 ? "component " : "components ")
                    + some(few)
                    + (few.size() == 1
                            ? " rests on so few rows that its shape says little"
                            : " rest on so few rows that their shapes say little"));
        }
    }

    /** With fewer rows a covariance of one's own is singular, or mostly error. */
    private static int needed(GaussianMixture mixture) {
        return mixture.structure() == CovarianceStructure.FULL
                ? Math.max(LEAST_ROWS, mixture.dimension() + 1)
                : LEAST_ROWS;
    }

    private static String some(List<String> items) {
        String named = String.join(", ", items.subList(0, Math.min(MOST_NAMED, items.size())));
        return items.size() > MOST_NAMED ? named + " and " + (items.size() - MOST_NAMED) + " more" : named;
    }
}
