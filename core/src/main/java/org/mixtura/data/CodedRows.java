package org.mixtura.data;

/**
 * Rows that each carry a code, a whole number, through samples, weights and choices of columns. What a code means is for the reader of
 * the rows to know; who does not know takes the rows as they are.
 */
public final class CodedRows extends RowsView {
    private final int[] codes;

    private CodedRows(Rows rows, int[] codes) {
        super(rows);
        this.codes = codes;
    }

    /**
     * Rows with codes.
     *
     * @param rows the rows
     * @param codes one number from 0 for each row, n of them; not copied, and not to be changed
     * @return the coded rows
     * @throws IllegalArgumentException if there are not n codes
     */
    public static Rows of(Rows rows, int[] codes) {
        if (codes.length != rows.count()) {
            throw new IllegalArgumentException(codes.length + " codes for " + rows.count() + " rows");
        }
        return new CodedRows(rows, codes);
    }

    @Override
    public Reader reader() {
        Reader inner = rows.reader();
        return new Reader() {
            @Override
            public Block read(long first, int count) {
                Block block = inner.read(first, count);
                block.showCodes(codes, Math.toIntExact(first));
                return block;
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }
}
