package org.mixtura.cli;

import java.nio.file.Path;
import java.util.List;
import org.mixtura.io.MixtureFile;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.NoisyMixture;
import org.mixtura.mixture.StudentMixture;

/** Shows what a model file holds. */
final class ShowCommand extends Subcommand {
    private final Argument model = Argument.model();
    private final OutputFormat format = new OutputFormat();

    @Override
    String name() {
        return "show";
    }

    @Override
    String summary() {
        return "Show the components of a model and where it comes from.";
    }

    @Override
    List<String> examples() {
        return List.of(
                "mixtura show trips.json",
                "    Weight, mean and standard deviation of each component in each column.",
                "mixtura show trips.json --format json",
                "    The same for programs, with all digits and the whole covariances.");
    }

    @Override
    String synopsis() {
        return "show MODEL [OPTIONS]";
    }

    @Override
    List<Argument> arguments() {
        return List.of(model);
    }

    @Override
    List<Group> options() {
        return List.of(new Group("Output", List.of(format.option())));
    }

    @Override
    void run(Run run) {
        Path file = ModelInput.path(model);
        MixtureFile content = ModelInput.load(file);
        if (format.isJson()) {
            run.terminal().print(json(content));
        } else if (!run.quiet()) {
            run.terminal().print(text(content, file, run.terminal().width()));
        }
    }

    /** As the fit counted them, some of which may have been given; else all that such a mixture has. */
    private static long parameters(MixtureFile content) {
        String counted = content.provenance().get(MixtureFile.FREE_PARAMETERS);
        if (counted != null && counted.matches("[0-9]{1,18}")) {
            return Long.parseLong(counted);
        }
        return content.noisy()
                .map(NoisyMixture::freeParameters)
                .or(() -> content.tailed().map(StudentMixture::freeParameters))
                .orElseGet(() -> content.mixture().freeParameters());
    }

    private static String json(MixtureFile content) {
        GaussianMixture mixture = content.gaussians();
        return Json.object(json -> {
            json.integer("components", mixture.size())
                    .integer("d", mixture.dimension())
                    .integer("parameters", parameters(content));
            MixtureFile.writeParameters(mixture, json.generator());
            content.noisy().ifPresent(noisy -> MixtureFile.writeNoise(noisy, json.generator()));
            content.tailed().ifPresent(tailed -> MixtureFile.writeTails(tailed, json.generator()));
            json.member("provenance", members -> content.provenance().forEach(members::text));
        });
    }

    private static String text(MixtureFile content, Path file, int width) {
        GaussianMixture mixture = content.gaussians();
        StringBuilder text = new StringBuilder();
        text.append(file)
                .append(": ")
                .append(Digits.count(mixture.size(), "component"))
                .append(" in ")
                .append(Digits.count(mixture.dimension(), "column"))
                .append(", ")
                .append(FitReport.shape(mixture))
                .append(", ")
                .append(Digits.count(parameters(content), "free parameter"))
                .append("\n\n");
        new ComponentTable(mixture, width, Integer.MAX_VALUE)
                .lines()
                .forEach(line -> text.append(line).append('\n'));
        KnownClasses.lines(content.provenance())
                .forEach(line -> text.append(line).append('\n'));
        content.noisy().ifPresent(noisy -> text.append(FitReport.noise(noisy)).append('\n'));
        content.tailed()
                .ifPresent(tailed -> FitReport.tails(tailed)
                        .forEach(line -> text.append(line).append('\n')));
        if (!content.provenance().isEmpty()) {
            TextTable provenance = new TextTable(2, 0, 1);
            content.provenance().forEach(provenance::add);
            text.append("\nProvenance\n");
            provenance.render(2).forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }
}
