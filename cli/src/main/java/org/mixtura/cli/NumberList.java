package org.mixtura.cli;

/** Numbers as options take them: one, some separated by commas, or rows of them separated by semicolons. */
final class NumberList {
    private NumberList() {}

    /**
     * Finite numbers separated by commas.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    static double[] parse(String text) {
        String[] parts = text.split(",", -1);
        double[] numbers = new double[parts.length];
        for (int i = 0; i < parts.length; i++) {
            numbers[i] = number(parts[i]);
        }
        return numbers;
    }

    /**
     * Finite numbers above 0, separated by commas.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    static double[] positives(String text) {
        double[] numbers = parse(text);
        for (double number : numbers) {
            if (!(number > 0)) {
                throw new IllegalArgumentException("expected finite numbers above 0");
            }
        }
        return numbers;
    }

    /**
     * Rows of numbers separated by semicolons.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    static double[][] parseRows(String text) {
        String[] parts = text.split(";", -1);
        double[][] rows = new double[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            rows[i] = parse(parts[i]);
        }
        return rows;
    }

    /**
     * A finite number above 0.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    static Double positive(String text) {
        double number = number(text);
        if (!(number > 0)) {
            throw new IllegalArgumentException("expected a finite number above 0");
        }
        return number;
    }

    private static double number(String text) {
        double number;
        try {
            number = Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected numbers such as 0.5 or 0.5,1", e);
        }
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("expected finite numbers");
        }
        return number;
    }
}
