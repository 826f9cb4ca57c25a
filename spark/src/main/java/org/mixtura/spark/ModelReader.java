package org.mixtura.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.mixtura.io.MixtureFile;
import scala.Option;

/** Reads what {@link ModelWriter} wrote. */
final class ModelReader extends MLReader<GaussianMixtureModel> {
    @Override
    // Spark 3.5 has no other way; Spark 4 still has this one.
    @SuppressWarnings("deprecation")
    public GaussianMixtureModel load(String path) {
        DefaultParamsReader.Metadata metadata =
                DefaultParamsReader.loadMetadata(path, sc(), GaussianMixtureModel.class.getName());
        Path file = new Path(path, ModelWriter.FILE);
        try (InputStream in = file.getFileSystem(sc().hadoopConfiguration()).open(file)) {
            String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            GaussianMixtureModel model =
                    new GaussianMixtureModel(metadata.uid(), MixtureFile.parse(json, file.toString()));
            metadata.getAndSetParams(model, Option.empty());
            return model;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
