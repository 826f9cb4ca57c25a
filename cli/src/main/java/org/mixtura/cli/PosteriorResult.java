package org.mixtura.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mixtura.bayes.Dirichlet;
import org.mixtura.bayes.GaussianPosterior;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.data.Matrix;

/** What a variational fit knows beyond the mixture that it expects: the posterior's parameters, and the bound on the way. */
final class PosteriorResult {
    /** Components in a row of the table. */
    private static final int ACROSS = 8;
    /** Columns beyond this many are left to --format json. */
    private static final int MOST_COLUMNS = 32;

    private final MixturePosterior posterior;
    private final Methods method;
    private final double[] elbo;

    /**
     * @param elbo the evidence lower bound on the way, nats in total
     */
    PosteriorResult(MixturePosterior posterior, Methods method, double[] elbo) {
        this.posterior = posterior;
        this.method = method;
        this.elbo = elbo.clone();
    }

    MixturePosterior posterior() {
        return posterior;
    }

    /** The last bound; NaN if there is none. */
    double lastBound() {
        return elbo.length == 0 ? Double.NaN : elbo[elbo.length - 1];
    }

    /** Writes the bound and the parameters under the names of the programs that know them. */
    void write(Json json) {
        json.numbers("elbo", elbo).integer("components_in_use", posterior.componentsInUse());
        switch (method) {
            case CAVI ->
                json.numbers("alpha_tilde", concentration(0))
                        .matrix("mean", means())
                        .numbers("variance", variances())
                        .numbers("nu_tilde", precisions())
                        .matrix("phi_tilde", naturalMeans());
            case MEAN_FIELD -> json.matrix("m", means()).numbers("s2", variances());
            case BAYES, DP, EM -> {
                writeConcentration(json);
                json.numbers("mean_precision", precisions()).numbers("degrees_of_freedom", degreesOfFreedom());
            }
        }
    }

    private void writeConcentration(Json json) {
        if (method == Methods.DP) {
            json.matrix("weight_concentration", Matrix.of(concentration(0), concentration(1)));
        } else {
            json.numbers("weight_concentration", concentration(0));
        }
    }

    /** α̃ of the weights; of broken sticks their first or their second parameters. */
    private double[] concentration(int parameter) {
        List<Dirichlet> distributions = posterior.weights().distributions();
        return method == Methods.DP
                ? distributions.stream()
                        .mapToDouble(stick -> stick.concentration()[parameter])
                        .toArray()
                : distributions.get(0).concentration();
    }

    private Matrix means() {
        return Matrix.of(
                posterior.components().stream().map(GaussianPosterior::mean).toArray(double[][]::new));
    }

    private Matrix naturalMeans() {
        return Matrix.of(posterior.components().stream()
                .map(component -> {
                    double[] mean = component.mean();
                    for (int j = 0; j < mean.length; j++) {
                        mean[j] *= component.meanPrecision();
                    }
                    return mean;
                })
                .toArray(double[][]::new));
    }

    private double[] precisions() {
        return posterior.components().stream()
                .mapToDouble(GaussianPosterior::meanPrecision)
                .toArray();
    }

    private double[] variances() {
        return posterior.components().stream()
                .mapToDouble(component -> 1 / component.meanPrecision())
                .toArray();
    }

    private double[] degreesOfFreedom() {
        return posterior.components().stream()
                .mapToDouble(component -> component.precision().degreesOfFreedom())
                .toArray();
    }

    /** The posterior as a table: E[μ], Var[μ] and E[π] where covariances are known, as the published notebook prints them. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < posterior.size(); from += ACROSS) {
            int to = Math.min(from + ACROSS, posterior.size());
            int[] shown = IntStream.range(from, to).toArray();
            TextTable table = new TextTable(1 + shown.length, 0);
            row(table, "label", shown, Integer::toString);
            if (method.knownCovariance()) {
                int columns = Math.min(posterior.dimension(), MOST_COLUMNS);
                for (int j = 0; j < columns; j++) {
                    int column = j;
                    row(
                            table,
                            "E[μ] " + posterior.columns().get(j),
                            shown,
                            k -> four(posterior.component(k).mean()[column]));
                }
                row(table, "Var[μ]", shown, k -> four(variances()[k]));
                row(table, "E[π]", shown, k -> four(posterior.weights().mean()[k]));
            } else {
                row(table, "E[π]", shown, k -> Digits.weight(posterior.weights().mean()[k]));
                row(table, "rows", shown, k -> Digits.decimals(posterior.count(k), 1));
                row(table, "mean_precision", shown, k -> Digits.significant(precisions()[k], 4));
                row(table, "degrees_of_freedom", shown, k -> Digits.significant(degreesOfFreedom()[k], 4));
            }
            lines.addAll(table.render(2));
        }
        return lines;
    }

    private static String four(double x) {
        return Digits.decimals(x, 4);
    }

    private static void row(
            TextTable table, String name, int[] components, java.util.function.IntFunction<String> cell) {
        String[] cells = new String[components.length + 1];
        cells[0] = name;
        for (int i = 0; i < components.length; i++) {
            cells[i + 1] = cell.apply(components[i]);
        }
        table.add(cells);
    }
}
