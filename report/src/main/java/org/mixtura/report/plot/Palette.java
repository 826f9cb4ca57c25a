package org.mixtura.report.plot;

/** Colours that are told apart with every common colour blindness, 0xRRGGBB, and symbols: those of the report's light page. */
final class Palette {
    /** Of what is read. */
    static final int TEXT = 0x1C2127;
    /** Of what stands back. */
    static final int QUIET = 0x57606A;
    /** Of a grid. */
    static final int LINE = 0xDDE1E6;

    private static final int[] COLORS = {0x0072B2, 0xC44E00, 0x007A5A, 0xA8438F, 0x8A6D00, 0x40338F, 0x5A6673, 0xB0203C
    };

    private Palette() {}

    /** The colour of a component. */
    static int color(int component) {
        return COLORS[component % COLORS.length];
    }

    /** The symbol of a component; components that share a colour differ in it. */
    static Canvas.Symbol symbol(int component) {
        Canvas.Symbol[] symbols = Canvas.Symbol.values();
        return symbols[(component + component / COLORS.length) % symbols.length];
    }
}
