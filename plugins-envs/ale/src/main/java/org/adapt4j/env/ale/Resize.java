package org.adapt4j.env.ale;

/** How a screen becomes smaller. */
public enum Resize {
    /** Each pixel is the mean of the area it covers. */
    AREA,
    /** Each pixel is interpolated between the four pixels around its centre. */
    BILINEAR
}
