package org.mixtura.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mixtura.io.MixtureFile;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.transport.Reduction;

/** Makes a model of fewer components that stays close to a given one. */
final class ReduceCommand extends Subcommand {
    private final Argument model = Argument.model();
    private final OutputFormat format = new OutputFormat();
    private final Option<Integer> components =
            Option.integer("--components", "K", 1, "How many components are to be left. Needed.");
    private final Option<Path> modelFile =
            Option.file("--model", "OUT.json", "Keep the reduced model in this file. Default: it is only shown.");

    @Override
    String name() {
        return "reduce";
    }

    @Override
    String summary() {
        return "Merge components of a model until fewer are left.";
    }

    @Override
    List<String> examples() {
        return List.of(
                "mixtura reduce trips.json --components 4 --model trips-4.json",
                "    Merges the two components for which it costs least, until four are left.",
                "mixtura reduce trips.json --components 1 --format json",
                "    The one Gaussian of the same mean and covariance, for programs.");
    }

    @Override
    String synopsis() {
        return "reduce MODEL --components K [OPTIONS]";
    }

    @Override
    List<Argument> arguments() {
        return List.of(model);
    }

    @Override
    List<Group> options() {
        return List.of(new Group("Reduction", List.of(components, modelFile, format.option())));
    }

    @Override
    List<String> notes() {
        return List.of("Mean and covariance of the whole mixture stay as they are. Groups say which components became"
                + " which; the bound is of KL(model ‖ reduced model) (Runnalls 2007).");
    }

    @Override
    void run(Run run) {
        int count = components
                .given()
                .orElseThrow(() -> new UsageException(
                        "--components is missing; say how many are to be left, as in --components 4"));
        Path source = ModelInput.path(model);
        Optional<OutputFile> target = modelFile.given().map(path -> new OutputFile(modelFile.name(), path));
        target.ifPresent(file -> file.check().checkApartFrom(List.of(source)));
        MixtureFile content = ModelInput.load(source);
        GaussianMixture mixture = content.mixture();
        if (count > mixture.size()) {
            throw new UsageException("--components is " + count + ", the model has "
                    + Digits.count(mixture.size(), "component") + "; ask for at most as many");
        }
        Reduction reduction = Reduction.of(mixture, count);
        target.ifPresent(
                file -> file.write(() -> result(content, reduction, source).save(file.path())));
        if (format.isJson()) {
            run.terminal().print(json(reduction));
        } else if (!run.quiet()) {
            run.terminal()
                    .print(text(
                            mixture, reduction, source, target, run.terminal().width()));
        }
    }

    private static MixtureFile result(MixtureFile content, Reduction reduction, Path source) {
        MixtureFile file = MixtureFile.of(reduction.mixture());
        for (var fact : content.provenance().entrySet()) {
            file = file.with(fact.getKey(), fact.getValue());
        }
        return file.with("reduced_from", source.toString()).with("reduction_bound", Double.toString(reduction.bound()));
    }

    private static String json(Reduction reduction) {
        GaussianMixture mixture = reduction.mixture();
        return Json.object(json -> {
            json.integer("components", mixture.size()).integer("d", mixture.dimension());
            MixtureFile.writeParameters(mixture, json.generator());
            json.integers("groups", reduction.groups()).number("bound", reduction.bound());
        });
    }

    private static String text(
            GaussianMixture mixture, Reduction reduction, Path source, Optional<OutputFile> target, int width) {
        GaussianMixture reduced = reduction.mixture();
        List<String> lines = new ArrayList<>();
        lines.add(source + ": " + Digits.count(mixture.size(), "component") + " reduced to " + reduced.size());
        lines.add("");
        lines.addAll(new ComponentTable(reduced, width, Integer.MAX_VALUE).lines());
        lines.add("");
        int[] groups = reduction.groups();
        for (int i = 0; i < reduced.size(); i++) {
            List<String> members = new ArrayList<>();
            for (int k = 0; k < groups.length; k++) {
                if (groups[k] == i) {
                    members.add(Integer.toString(k));
                }
            }
            lines.add("Label " + i + " was " + String.join(", ", members));
        }
        lines.add("KL(model ‖ reduced model) is at most " + Digits.significant(reduction.bound(), 4) + " nats");
        target.ifPresent(file -> lines.add("The model is in " + file.path()));
        return String.join("\n", lines) + "\n";
    }
}
