package org.adapt4j.runtime.report.figure;

import java.util.List;

/**
 * A colour by its role, with one value for light and one for dark backgrounds.
 *
 * <p>The series colours follow Okabe and Ito 2008, which stay apart under the common kinds of colour blindness; every
 * series also has its own marker.
 */
public enum Ink {
    /** Text and axes. */
    TEXT("ink", 0x1d2330, 0xe7e9ee),
    /** Secondary text. */
    MUTED("muted", 0x5d6675, 0xa3abb9),
    /** Grid lines. */
    GRID("grid", 0xdfe3ea, 0x343a47),
    /** The background. */
    PAPER("paper", 0xffffff, 0x161a22),
    /** Series. */
    S0("s0", 0x0072b2, 0x56b4f0),
    /** Series. */
    S1("s1", 0xd55e00, 0xff8f4d),
    /** Series. */
    S2("s2", 0x009e73, 0x3ed0a2),
    /** Series. */
    S3("s3", 0xb0539a, 0xea9ccb),
    /** Series. */
    S4("s4", 0xc98a00, 0xf3c254),
    /** Series. */
    S5("s5", 0x3d9bd8, 0xa4d8ff),
    /** Series. */
    S6("s6", 0x7a5230, 0xcfa27a),
    /** The series from scratch. */
    BASELINE("sb", 0x69707d, 0xb4bbc7);

    private static final List<Ink> SERIES = List.of(S0, S1, S2, S3, S4, S5, S6);

    private final String key;
    private final int light;
    private final int dark;

    Ink(String key, int light, int dark) {
        this.key = key;
        this.light = light;
        this.dark = dark;
    }

    /** Name of the style class and of the page's variable. */
    public String key() {
        return key;
    }

    /** Red, green and blue on a light background. */
    public int light() {
        return light;
    }

    /** Red, green and blue on a dark background. */
    public int dark() {
        return dark;
    }

    /** Hexadecimal colour for style sheets. */
    public static String hex(int rgb) {
        return "#" + Integer.toHexString(rgb | 0xff000000).substring(2);
    }

    /** Colour of the n-th series, repeating after seven. */
    public static Ink series(int index) {
        return SERIES.get(Math.floorMod(index, SERIES.size()));
    }
}
