package org.adapt4j.api.environment;

import java.nio.ByteBuffer;
import org.apiguardian.api.API;

/**
 * A picture for people.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb bytes {@code [height, width, 3]}, from index 0; not to be changed
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Picture(int width, int height, ByteBuffer rgb) {

    /** Checks that sizes and bytes agree. */
    public Picture {
        if (width < 1 || height < 1 || rgb.limit() != 3 * width * height) {
            throw new IllegalArgumentException(
                    "a picture of " + width + " by " + height + " pixels does not fit " + rgb.limit() + " bytes");
        }
    }
}
