package org.mixtura.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mixtura.anomaly.Energy;
import org.mixtura.anomaly.Ridge;
import org.mixtura.anomaly.SoftAssignment;
import org.mixtura.anomaly.SoftGaussians;
import org.mixtura.data.Rows;
import org.mixtura.table.Column;
import org.mixtura.table.ColumnChoice;
import org.mixtura.table.ColumnKind;
import org.mixtura.table.Reading;
import org.mixtura.table.Table;
import org.mixtura.table.TableOptions;

/** Computes Gaussians from soft memberships that stand in the data, and the energy of each row under them. */
final class EnergyCommand extends Subcommand {
    private static final String LENIENT = "lenient";

    private final Argument data = Argument.data(0);
    private final InputOptions input = new InputOptions(InputOptions.Gaps.NOT_TAKEN);
    private final OutputFormat format = new OutputFormat();
    private final Option<List<String>> responsibilities = Option.names(
            "--responsibilities",
            "A,B,…",
            "Columns with the membership of each row in each component, such as a softmax. Needed. All other columns of"
                    + " numbers are the points.");
    private final Option<Double> epsilon = Option.number(
                    "--epsilon",
                    "X",
                    0,
                    "Added to each variance before covariances are factored; cov stays without it. Default 1e-6, the"
                            + " reference program's. In squared units of the columns.")
            .orElse(1e-6);
    private final Option<String> checks = Option.oneOf(
                    "--checks",
                    List.of("strict", LENIENT),
                    "strict, the default: memberships of a row must sum to 1 within 1e-6 and no component may be empty."
                            + " lenient: any sums, as the reference program takes them; empty components are left out.")
            .orElse("strict");

    @Override
    String name() {
        return "energy";
    }

    @Override
    String summary() {
        return "Gaussians from soft memberships in the data, and each row's energy.";
    }

    @Override
    List<String> examples() {
        return List.of(
                "mixtura energy latent.csv --responsibilities gamma_0,gamma_1",
                "    Weights, means and deviations, and the rows of the highest energy.",
                "mixtura energy latent.csv --responsibilities gamma_0,gamma_1 --format json",
                "    phi, mu, cov, L, log_det_cov, cov_diag and every energy, with all digits.");
    }

    @Override
    String synopsis() {
        return "energy DATA... --responsibilities A,B,… [OPTIONS]";
    }

    @Override
    List<Argument> arguments() {
        return List.of(data);
    }

    @Override
    List<Group> options() {
        return List.of(
                new Group("Energy", List.of(responsibilities, epsilon, checks, format.option())),
                input.choice(),
                input.files());
    }

    @Override
    List<String> notes() {
        return List.of("The energy of a row z is -ln Σ phi N(z; mu, cov + εI), in nats; cov_diag is Σ 1/cov_jj over all"
                + " components and columns.");
    }

    @Override
    void run(Run run) {
        TableOptions reading = input.reading();
        List<String> members = responsibilities
                .given()
                .orElseThrow(() -> new UsageException("--responsibilities is missing; name the columns of the"
                        + " memberships, as in --responsibilities gamma_0,gamma_1"));
        boolean lenient = checks.value().equals(LENIENT);
        double ridge = epsilon.value();
        try (Table table = Table.matching(data.words()).with(reading)) {
            List<String> points = points(table, members);
            List<String> wanted = new ArrayList<>(points);
            wanted.addAll(members);
            ColumnChoice choice = ColumnChoice.of(wanted);
            Reading read = table.read(input.weights().map(choice::weights).orElse(choice));
            run.interruption().check();
            Rows rows = read.rows().select(points);
            SoftGaussians gaussians = SoftAssignment.of(rows, read.rows().select(members))
                    .checks(lenient ? SoftAssignment.Checks.LENIENT : SoftAssignment.Checks.STRICT)
                    .ridge(Ridge.absolute(ridge))
                    .gaussians();
            Energy energy = gaussians.energy();
            EnergyReport report =
                    new EnergyReport(points, members, gaussians, energy.scores(rows), energy.mean(rows), ridge);
            if (format.isJson()) {
                run.terminal().print(report.json());
            } else if (!run.quiet()) {
                run.terminal()
                        .print(report.text(
                                Summary.of(table, read), run.terminal().width()));
            }
        }
    }

    /** The columns of the points: those that were asked for, or all columns of numbers that are nothing else. */
    private List<String> points(Table table, List<String> members) {
        for (int i = 0; i < members.size(); i++) {
            if (members.indexOf(members.get(i)) < i) {
                throw new UsageException(
                        "--responsibilities names " + members.get(i) + " twice; name each component's column once");
            }
        }
        List<String> apart = new ArrayList<>(members);
        apart.addAll(input.excluded());
        input.weights().ifPresent(apart::add);
        List<String> points = input.columns()
                .orElseGet(() -> table.schema().stream()
                        .filter(column -> column.kind() == ColumnKind.NUMBER && !apart.contains(column.name()))
                        .map(Column::name)
                        .toList());
        if (points.isEmpty()) {
            throw new IllegalArgumentException(Summary.name(table.files())
                    + ": no column of numbers is left for the points besides " + String.join(", ", apart)
                    + "; give at least one");
        }
        IntStream.range(0, points.size())
                .filter(j -> apart.contains(points.get(j)))
                .findFirst()
                .ifPresent(j -> {
                    throw new UsageException("--columns names " + points.get(j)
                            + ", which is a membership, a weight or excluded; name it once");
                });
        return points;
    }
}
