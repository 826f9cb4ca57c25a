package org.mixtura.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mixtura.bayes.GaussianPrior;
import org.mixtura.bayes.NormalPrior;
import org.mixtura.bayes.NormalWishartPrior;
import org.mixtura.bayes.WeightPrior;
import org.mixtura.fit.MeanField;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;

/** The options of {@code fit} that say what is believed before any row was seen, each for some of the methods. */
final class PriorOptions {
    private final Option<double[]> alpha = Option.of(
                    "--alpha",
                    "A,…",
                    NumberList::positives,
                    "cavi: concentration of the weights, one number or one per component. Default 1.")
            .orElse(new double[] {1});
    private final Option<Double> nu = Option.of(
                    "--nu", "X", NumberList::positive, "cavi: prior precision of the means, in rows. Default 1.")
            .orElse(1.0);
    private final Option<double[]> phi = Option.of(
                    "--phi",
                    "X,…",
                    NumberList::parse,
                    "cavi: nu times the prior mean, one number or one per column. Default 0.")
            .orElse(new double[] {0});
    private final Option<Double> sigma = Option.of(
                    "--sigma",
                    "X",
                    NumberList::positive,
                    "mean-field: prior standard deviation of the means. Default 1.")
            .orElse(1.0);
    private final Option<String> variant = Option.oneOf(
                    "--variant",
                    List.of(MeanField.Variant.EXACT.label(), MeanField.Variant.SEED_LITERAL.label()),
                    "mean-field with --compat reference: exact, the default, or the published formula, which is wrong for"
                            + " more than one column.")
            .orElse(MeanField.Variant.EXACT.label());
    private final Option<Double> concentration = Option.of(
            "--weight-concentration-prior",
            "X",
            NumberList::positive,
            "bayes, dp: concentration of the weights; small values empty components that are not needed. Default 1/K.");
    private final Option<Double> meanPrecision = Option.of(
                    "--mean-precision-prior",
                    "X",
                    NumberList::positive,
                    "bayes, dp: how many rows the prior mean counts for. Default 1.")
            .orElse(1.0);
    private final Option<double[]> mean = Option.of(
            "--mean-prior",
            "X,…",
            NumberList::parse,
            "bayes, dp: prior mean, a number per column. Default: the mean of the rows.");
    private final Option<Double> degreesOfFreedom = Option.of(
            "--degrees-of-freedom-prior",
            "X",
            NumberList::positive,
            "bayes, dp: how many rows the prior covariance counts for, more than the number of columns less one."
                    + " Default: the number of columns.");
    private final Option<double[][]> covariance = Option.of(
            "--covariance-prior",
            "X,…",
            NumberList::parseRows,
            "bayes, dp: prior scatter: one number, a variance per column, or a matrix as in \"2,0.5;0.5,1\". Default:"
                    + " the covariance of the rows.");

    /** The options for the help. */
    Subcommand.Group group() {
        return new Subcommand.Group(
                "Priors, for --method other than em",
                List.of(
                        alpha,
                        nu,
                        phi,
                        sigma,
                        variant,
                        concentration,
                        meanPrecision,
                        mean,
                        degreesOfFreedom,
                        covariance));
    }

    /**
     * Checks that no prior was given that belongs to another method.
     *
     * @throws UsageException if one was
     */
    void check(Methods method) {
        Map<Option<?>, List<Methods>> owners = new LinkedHashMap<>();
        for (Option<?> option : Arrays.asList(alpha, nu, phi)) {
            owners.put(option, List.of(Methods.CAVI));
        }
        for (Option<?> option : Arrays.asList(sigma, variant)) {
            owners.put(option, List.of(Methods.MEAN_FIELD));
        }
        for (Option<?> option : Arrays.asList(concentration, meanPrecision, mean, degreesOfFreedom, covariance)) {
            owners.put(option, List.of(Methods.BAYES, Methods.DP));
        }
        owners.forEach((option, methods) -> {
            if (option.isGiven() && !methods.contains(method)) {
                String words =
                        String.join(" or ", methods.stream().map(Methods::word).toList());
                throw new UsageException(option.name() + " belongs to --method " + words + ", not " + method.word()
                        + "; leave it out or change the method");
            }
        });
    }

    /**
     * Checks that no formula was asked for that only the published program has.
     *
     * @throws UsageException if one was
     */
    void refuseVariant() {
        if (variant.isGiven()) {
            throw new UsageException(variant.name() + " is of the published program; give --compat reference too");
        }
    }

    double[] alpha() {
        return alpha.value();
    }

    double nu() {
        return nu.value();
    }

    double[] phi() {
        return phi.value();
    }

    double sigma() {
        return sigma.value();
    }

    MeanField.Variant variant() {
        return variant.value().equals(MeanField.Variant.EXACT.label())
                ? MeanField.Variant.EXACT
                : MeanField.Variant.SEED_LITERAL;
    }

    /** The prior of the weights. */
    WeightPrior weights(Methods method) {
        Optional<Double> given = concentration.given();
        return switch (method) {
            case CAVI -> alpha().length == 1 ? WeightPrior.dirichlet(alpha()[0]) : WeightPrior.dirichlet(alpha());
            case BAYES -> given.map(WeightPrior::dirichlet).orElse(WeightPrior.dirichlet());
            case DP -> given.map(WeightPrior::stickBreaking).orElse(WeightPrior.stickBreaking());
            case MEAN_FIELD, EM -> WeightPrior.fixed();
        };
    }

    /**
     * The prior of means and covariances.
     *
     * @param d the number of columns
     */
    GaussianPrior gaussians(Methods method, CovarianceStructure structure, int d) {
        return switch (method) {
            case CAVI -> normal(nu(), scaled(perColumn(phi(), phi.name(), d), 1 / nu()));
            case MEAN_FIELD, EM -> normal(1 / (sigma() * sigma()), new double[d]);
            case BAYES, DP -> normalWishart(structure, d);
        };
    }

    private static NormalPrior normal(double precision, double[] mean) {
        return GaussianPrior.normal().meanPrecision(precision).mean(mean);
    }

    private NormalWishartPrior normalWishart(CovarianceStructure structure, int d) {
        NormalWishartPrior prior =
                GaussianPrior.normalWishart().structure(structure).meanPrecision(meanPrecision.value());
        if (mean.isGiven()) {
            prior = prior.mean(perColumn(mean.value(), mean.name(), d));
        }
        if (degreesOfFreedom.isGiven()) {
            double freedom = degreesOfFreedom.value();
            if (!(freedom > d - 1)) {
                throw new UsageException(degreesOfFreedom.name() + " is " + Digits.exact(freedom) + " for "
                        + Digits.count(d, "column") + "; expected more than " + (d - 1));
            }
            prior = prior.degreesOfFreedom(freedom);
        }
        return covariance.isGiven() ? prior.covariance(covariance(d)) : prior;
    }

    /** Whether the prior needs columns that vary. */
    boolean takesCovarianceFromRows() {
        return !covariance.isGiven();
    }

    private Covariance covariance(int d) {
        double[][] rows = covariance.value();
        try {
            if (rows.length == 1 && rows[0].length == 1) {
                return Covariance.spherical(d, rows[0][0]);
            }
            if (rows.length == 1 && rows[0].length == d) {
                return Covariance.diagonal(rows[0]);
            }
            if (rows.length == d && Arrays.stream(rows).allMatch(row -> row.length == d)) {
                return Covariance.full(rows);
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(covariance.name() + ": " + e.getMessage());
        }
        throw new UsageException(covariance.name() + " has " + Digits.count(rows.length, "row") + ", the first of "
                + Digits.count(rows[0].length, "number") + ", for " + Digits.count(d, "column")
                + "; expected one number, one per column, or a square matrix");
    }

    private static double[] perColumn(double[] values, String name, int d) {
        if (values.length == d) {
            return values;
        }
        if (values.length != 1) {
            throw new UsageException(name + " has " + Digits.count(values.length, "number") + " for "
                    + Digits.count(d, "column") + "; give one for each");
        }
        double[] all = new double[d];
        Arrays.fill(all, values[0]);
        return all;
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(v -> v * factor).toArray();
    }
}
