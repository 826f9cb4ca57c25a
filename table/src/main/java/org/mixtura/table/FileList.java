package org.mixtura.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The files of a table: checked, and found by pattern. */
final class FileList {
    private FileList() {}

    /**
     * The files that some patterns match; a pattern without *, ?, [ or {, or one that is the name of a file, stands for
     * itself. The files of one pattern are in the order of their paths.
     *
     * @throws TableException if there is no pattern, one matches nothing, or a file cannot be read
     */
    static List<Path> matching(List<String> patterns) {
        Set<Path> files = new LinkedHashSet<>();
        for (String pattern : patterns) {
            if (isPattern(pattern) && !isFile(pattern)) {
                files.addAll(expand(pattern));
            } else {
                files.add(path(pattern));
            }
        }
        return checked(List.copyOf(files));
    }

    /** Some files, after a look at each. */
    static List<Path> checked(List<Path> files) {
        if (files.isEmpty()) {
            throw new TableException("no file given; name at least one");
        }
        for (Path file : files) {
            check(file);
        }
        return List.copyOf(files);
    }

    /** What messages call some files: the first, and how many there are besides. */
    static String name(List<Path> files) {
        return files.size() == 1
                ? files.get(0).toString()
                : files.get(0) + " and " + Quoting.count(files.size() - 1, "other file");
    }

    /** For each of some files its path, size and time of change. */
    static List<String> fingerprints(List<Path> files) {
        List<String> fingerprints = new ArrayList<>();
        for (Path file : files) {
            try {
                fingerprints.add(file.toRealPath() + ", " + Files.size(file) + " bytes, of "
                        + Files.getLastModifiedTime(file).toInstant());
            } catch (IOException e) {
                throw new TableException("cannot read " + file + ": " + WriteException.reason(e), e);
            }
        }
        return fingerprints;
    }

    private static void check(Path file) {
        if (!Files.exists(file)) {
            throw new TableException("no such file: " + file
                    + (file.isAbsolute() ? "" : "; looked in " + Path.of("").toAbsolutePath()));
        }
        if (Files.isDirectory(file)) {
            throw new TableException(file + " is a folder; name its files, for example " + file.resolve("*.csv"));
        }
        if (!Files.isRegularFile(file)) {
            throw new TableException(
                    file + " is not an ordinary file; a table is read more than once, so save it to one");
        }
        if (!Files.isReadable(file)) {
            throw new TableException(file + ": no permission to read it; ask its owner or chmod +r");
        }
        try {
            if (Files.size(file) == 0) {
                throw new TableException(file + " is empty; a table has at least a header and one row");
            }
        } catch (IOException e) {
            throw new TableException("cannot read " + file + ": " + WriteException.reason(e), e);
        }
    }

    private static boolean isPattern(String text) {
        return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
    }

    private static boolean isFile(String text) {
        try {
            return Files.exists(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TableException(Quoting.show(text) + " is not a file name: " + e.getReason(), e);
        }
    }

    private static List<Path> expand(String pattern) {
        int firstSpecial = 0;
        while (!isPattern(pattern.substring(firstSpecial, firstSpecial + 1))) {
            firstSpecial++;
        }
        String separators = "/" + FileSystems.getDefault().getSeparator();
        int folderEnd = firstSpecial;
        while (folderEnd > 0 && separators.indexOf(pattern.charAt(folderEnd - 1)) < 0) {
            folderEnd--;
        }
        Path folder = path(pattern.substring(0, folderEnd));
        String rest = pattern.substring(folderEnd);
        int depth = rest.contains("**")
                ? Integer.MAX_VALUE
                : (int) rest.chars().filter(c -> separators.indexOf(c) >= 0).count() + 1;
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            PathMatcher matcher = matcher(rest);
            try (Stream<Path> walk = Files.walk(folder, depth)) {
                walk.filter(file -> Files.isRegularFile(file) && !isHidden(file))
                        .filter(file -> matcher.matches(folder.relativize(file)))
                        .sorted(Comparator.comparing(Path::toString))
                        .forEach(found::add);
            } catch (IOException | UncheckedIOException e) {
                throw new TableException(
                        "cannot look for files that match " + Quoting.show(pattern) + ": " + e.getMessage(), e);
            }
        }
        if (found.isEmpty()) {
            throw new TableException(
                    "no file matches " + Quoting.show(pattern) + "; looked in " + folder.toAbsolutePath());
        }
        return found;
    }

    /** As in a shell, a pattern does not match names that start with a point. */
    private static boolean isHidden(Path file) {
        return String.valueOf(file.getFileName()).startsWith(".");
    }

    private static PathMatcher matcher(String pattern) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException e) {
            throw new TableException(Quoting.show(pattern) + " is not a file pattern: " + e.getDescription(), e);
        }
    }
}
