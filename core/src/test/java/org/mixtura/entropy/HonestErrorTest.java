package org.mixtura.entropy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mixtura.integration.Estimate;
import org.mixtura.integration.Method;
import org.mixtura.mixture.GaussianMixture;

/** Does every claimed error hold? Random mixtures of every difficult kind against {@link ReferenceEntropy}. */
class HonestErrorTest {
    /** What the study counts, for one method. */
    private static final class Row {
        int count;
        int undecided;
        int missed;
        double largestRatio;
        double logErrors;
        long evaluations;
    }

    private final Map<Method, Row> rows = new EnumMap<>(Method.class);
    private int outside;

    /** Without three and four columns, where references of twelve digits take seconds each. */
    @Test
    void holdsOnASample() {
        for (long seed = 0; seed < 60; seed++) {
            int dimension = RandomMixtures.of(seed).dimension();
            if (dimension != 3 && dimension != 4) {
                run(seed, 1, 1 << 12, 1 << 15);
            }
        }
        int count = rows.values().stream().mapToInt(row -> row.count).sum();
        assertThat(count).isBetween(30, 50);
        assertThat(rows.values()).allSatisfy(row -> assertThat(row.missed).isZero());
        assertThat(outside).isZero();
    }

    @Test
    @Tag("study")
    void holdsOnAThousandMixtures() {
        run(1000, 1000, 1 << 16, 1 << 20);
        int missed = print();
        assertThat(outside).isZero();
        assertThat(missed).isLessThanOrEqualTo(10);
    }

    /** Prints the table; returns how many errors did not hold. */
    int print() {
        int missed = 0;
        System.out.println("method          count  missed  undecided  largest |v-r|/error  mean error  evaluations");
        for (Map.Entry<Method, Row> entry : rows.entrySet()) {
            Row row = entry.getValue();
            missed += row.missed;
            System.out.printf(
                    "%-14s  %5d  %6d  %9d  %19.3f  %10.1e  %11d%n",
                    entry.getKey().label(),
                    row.count,
                    row.missed,
                    row.undecided,
                    row.largestRatio,
                    Math.exp(row.logErrors / row.count),
                    row.evaluations / row.count);
        }
        System.out.printf("outside the bounds: %d%n", outside);
        return missed;
    }

    void run(long firstSeed, int count, long draws, long referencePoints) {
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            GaussianMixture mixture = RandomMixtures.of(seed);
            Entropy entropy = Entropy.of(mixture).draws(draws);
            Estimate estimate = entropy.estimate(1e-9);
            Entropy.Bounds bounds = entropy.bounds();
            ReferenceEntropy reference = ReferenceEntropy.of(mixture, referencePoints);
            double distance = Math.abs(estimate.value() - reference.value());
            Row row = rows.computeIfAbsent(estimate.method(), method -> new Row());
            row.count++;
            row.evaluations += estimate.evaluations();
            row.logErrors += Math.log(estimate.error());
            if (distance <= estimate.error()) {
                row.largestRatio = Math.max(row.largestRatio, distance / estimate.error());
            } else {
                // A sampled reference may be coarser than the error that it should judge.
                double unsure = 3 * reference.standardError();
                if (unsure > estimate.error() && distance <= estimate.error() + unsure) {
                    row.undecided++;
                } else {
                    row.missed++;
                    row.largestRatio = Math.max(row.largestRatio, distance / estimate.error());
                }
                System.out.printf(
                        "seed %d %s K=%d D=%d: %s, reference %.17g ± %.1e, distance %.2e%n",
                        seed,
                        RandomMixtures.kind(seed),
                        mixture.size(),
                        mixture.dimension(),
                        estimate,
                        reference.value(),
                        reference.standardError(),
                        distance);
            }
            if (!(bounds.lower() <= estimate.value() && estimate.value() <= bounds.upper())) {
                outside++;
            }
        }
    }
}
