package org.mixtura.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mixtura.io.MixtureFile;
import org.mixtura.io.Version;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.table.Table;

/** The options that let a fit go on after it was killed, and what tells it from other fits. */
final class CheckpointOptions {
    private final Option<Path> folder = Option.file(
            "--checkpoint",
            "DIR",
            "Keep in this folder what is needed to go on if the fit is killed: the rows, and what each pass over them came"
                    + " to. Removed at the end. Default: none.");
    private final Option<Boolean> resume = Option.flag(
            "--resume",
            "Go on with the fit of --checkpoint, given the same options, to the same bits; begin where there is none.");

    /** The options, for the help. */
    Subcommand.Group group() {
        return new Subcommand.Group("Long fits", List.of(folder, resume));
    }

    /** Whether a checkpoint is wanted. */
    boolean given() {
        return folder.isGiven();
    }

    /**
     * Checks that the options go together, and with a method.
     *
     * @throws UsageException if they do not
     */
    void check(FitMethod method) {
        if (resume.value() && !given()) {
            throw new UsageException("--resume needs the folder of the fit to go on with; add --checkpoint DIR");
        }
        if (given() && !method.asksJournal()) {
            throw new UsageException(
                    "--checkpoint is for --method em, bayes and dp; leave it out for a published program");
        }
    }

    /**
     * Opens the checkpoint of a fit.
     *
     * @param files what is fitted
     * @param start the mixture to start from, if one is given
     * @param options all that bear on the numbers
     * @throws UsageException as {@link Checkpoint#open} does
     */
    Checkpoint open(Table files, Optional<GaussianMixture> start, List<Option<?>> options) {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("mixtura", Version.current());
        List<String> fingerprints = files.fingerprints();
        for (int i = 0; i < fingerprints.size(); i++) {
            request.put("DATA " + (i + 1), fingerprints.get(i));
        }
        options.forEach(option -> option.written().ifPresent(text -> request.put(option.name(), text)));
        start.map(mixture -> MixtureFile.of(mixture).toJson().getBytes(StandardCharsets.UTF_8))
                .ifPresent(json -> request.put("the model of --init", "one of digest " + UUID.nameUUIDFromBytes(json)));
        Checkpoint.Mode mode = resume.value() ? Checkpoint.Mode.RESUME : Checkpoint.Mode.BEGIN;
        return Checkpoint.open(folder.value(), mode, request);
    }
}
