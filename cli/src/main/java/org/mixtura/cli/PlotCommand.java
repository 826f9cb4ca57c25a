package org.mixtura.cli;

import java.nio.file.Path;
import java.util.List;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.report.Plot;
import org.mixtura.table.ColumnChoice;
import org.mixtura.table.Reading;
import org.mixtura.table.Table;
import org.mixtura.table.TableOptions;

/** Draws rows and a model as a static picture. */
final class PlotCommand extends Subcommand {
    private final Argument model = Argument.model();
    private final Argument data = Argument.data(1);
    private final InputOptions input = new InputOptions(InputOptions.Gaps.NOT_TAKEN);
    private final Option<Path> out = Option.file(
            "--out", "FILE", "The picture to write: .svg, sharp at any size, or .png. It appears whole or not at all.");
    private final Option<List<String>> axes = Option.names(
            "--axes",
            "X,Y",
            "Columns to draw: two for points and ellipses, one for a histogram with the components' curves. Default: the"
                    + " two in which the components overlap least.");
    private final Option<int[]> size = Option.of(
                    "--size",
                    "WxH",
                    PlotCommand::parseSize,
                    "Pixels, as in 1200x900. Default 800x600; a PNG has twice" + " as many, for sharp print.")
            .orElse(new int[] {800, 600});

    private static int[] parseSize(String text) {
        String[] parts = text.split("x", -1);
        try {
            if (parts.length == 2) {
                return new int[] {Integer.parseInt(parts[0].strip()), Integer.parseInt(parts[1].strip())};
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected width and height such as 800x600", e);
        }
        throw new IllegalArgumentException("expected width and height such as 800x600");
    }

    @Override
    String name() {
        return "plot";
    }

    @Override
    String summary() {
        return "Draw rows and a model as a picture, .svg or .png.";
    }

    @Override
    List<String> examples() {
        return List.of(
                "mixtura plot trips.json trips.csv --out trips.svg",
                "    Points and ellipses over the two columns that part the components best.",
                "mixtura plot trips.json trips.csv --axes fare --size 1200x500 --out fare.png",
                "    One column as a histogram with the components' curves.");
    }

    @Override
    String synopsis() {
        return "plot MODEL DATA... --out FILE [OPTIONS]";
    }

    @Override
    List<Argument> arguments() {
        return List.of(model, data);
    }

    @Override
    List<Group> options() {
        return List.of(new Group("Picture", List.of(out, axes, size)), input.rowsOfModel(), input.files());
    }

    @Override
    List<String> notes() {
        return List.of("Up to 5000 rows are drawn, chosen at random. For a page with every column, and more than the"
                + " picture, see mixtura fit --report.");
    }

    @Override
    void run(Run run) {
        TableOptions reading = input.reading();
        Path picture = out.given()
                .orElseThrow(() -> new UsageException("--out is missing; say where to draw, as in --out picture.svg"));
        OutputFile target = new OutputFile(out.name(), picture).check();
        requireFormat(picture);
        GaussianMixture mixture = ModelInput.load(ModelInput.path(model)).mixture();
        try (Table table = Table.matching(data.words()).with(reading)) {
            target.checkApartFrom(table.files());
            List<String> columns = ModelColumns.in(table, mixture, input.columns(), List.of());
            Reading read = input.read(table, ColumnChoice.of(columns), run);
            Plot plot = plot(mixture.named(read.rows().columns()), read);
            target.write(() -> plot.write(picture));
            if (!run.quiet()) {
                run.terminal()
                        .print(String.join("\n", Summary.of(table, read).lines()) + "\nThe picture is in " + picture
                                + "\n");
            }
        }
    }

    private void requireFormat(Path picture) {
        try {
            Plot.requireFormat(picture);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--out: " + e.getMessage());
        }
    }

    private Plot plot(GaussianMixture mixture, Reading read) {
        Plot plot = Plot.of(mixture, read.rows());
        try {
            plot = plot.size(size.value()[0], size.value()[1]);
            return axes.isGiven() ? plot.columns(axes.value().toArray(String[]::new)) : plot;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
