package org.adapt4j.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class TestStreamsTest {

    @Test
    void anotherConsumerShiftsNobodysNumbers() {
        TestStreams alone = TestStreams.root(1);
        TestStreams beside = TestStreams.root(1);

        beside.child("other").nextLong();
        beside.nextLong();

        assertThat(beside.child("mine").nextLong())
                .isEqualTo(alone.child("mine").nextLong());
    }

    @Test
    void theSameNameIsTheSameStream() {
        TestStreams root = TestStreams.root(1);

        assertThat(root.child("a").child("b")).isSameAs(root.child("a").child("b"));
    }

    @Test
    void aPathIsNotItsReverse() {
        TestStreams root = TestStreams.root(1);

        assertThat(root.child("a").child("b").nextLong())
                .isNotEqualTo(root.child("b").child("a").nextLong());
    }

    @Test
    void theWholeTreeIsRestored() throws IOException {
        TestStreams root = TestStreams.root(1);
        root.child("a").child(3).nextLong();
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        root.save(new DataOutputStream(saved));
        long next = root.child("a").child(3).nextLong();

        TestStreams restored = TestStreams.root(2);
        restored.load(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));

        assertThat(restored.child("a").child(3).nextLong()).isEqualTo(next);
    }
}
