package org.adapt4j.toolkit.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class ChunksTest {

    private static final int FRAME = 84 * 84;

    @Test
    void reachesRowsBeyondTwoGibibytes() {
        Chunks chunks = new Chunks(1_000_000, FRAME + 4);
        ByteBuffer frame = ByteBuffer.allocateDirect(FRAME + 4);
        int[] rows = {0, 9_504, 9_505, 305_000, 608_000, 999_999};
        for (int row : rows) {
            frame.putInt(0, row).putInt(FRAME, ~row);

            chunks.write(row, 0, frame, 0, FRAME + 4);
        }

        for (int row : rows) {
            chunks.read(row, 0, frame, 0, 4);
            assertThat(frame.getInt(0)).isEqualTo(row);
            chunks.read(row, FRAME, frame, 8, 4);
            assertThat(frame.getInt(8)).isEqualTo(~row);
        }
    }

    @Test
    void takesMemoryOnlyWhereSomethingIsWritten() {
        Chunks chunks = new Chunks(1_000_000, FRAME);

        assertThat(chunks.allocated()).isZero();
        chunks.write(999_999, 0, ByteBuffer.allocate(1), 0, 1);
        assertThat(chunks.allocated()).isBetween(1L, 64L << 20);
        chunks.free();
        assertThat(chunks.allocated()).isZero();
    }

    @Test
    void takesNoMoreThanTheRowsNeed() {
        Chunks chunks = new Chunks(10, 3);

        chunks.write(9, 0, ByteBuffer.allocate(3), 0, 3);

        assertThat(chunks.allocated()).isEqualTo(30);
    }

    @Test
    void refusesToReadWhatWasNeverWritten() {
        assertThatThrownBy(() -> new Chunks(5, 5).read(1, 0, ByteBuffer.allocate(5), 0, 5))
                .isInstanceOf(IllegalStateException.class);
    }
}
