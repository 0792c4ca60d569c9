package org.adapt4j.runtime.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.time.Duration;
import org.adapt4j.api.algorithm.NotFiniteException;
import org.adapt4j.runtime.run.Failure;
import org.junit.jupiter.api.Test;

final class ReasonsTest {
    private static final String HERE = "org.adapt4j.runtime.program.ReasonsTest.";

    @Test
    void leavesTheSentencesOfExceptionsAlone() {
        Failure failure = Reasons.of(new IllegalStateException("the goal lies in a wall"));

        assertThat(failure).isEqualTo(new Failure(Failure.Kind.EXCEPTION, "the goal lies in a wall"));
    }

    @Test
    void saysWhatErrorsAndUndeclaredExceptionsAreAndWhereTheyCameFrom() {
        assertThat(Reasons.of(new StackOverflowError()).reason())
                .startsWith("StackOverflowError, in " + HERE)
                .contains("(ReasonsTest.java:");
        assertThat(Reasons.of(new IOException("no such thing")).reason())
                .startsWith("IOException: no such thing, in " + HERE);
        assertThat(Reasons.of(new NullPointerException()).reason()).startsWith("NullPointerException, in " + HERE);
    }

    /** Looking for the root of such causes must end. */
    @Test
    void endsWhereCausesGoInACircle() {
        Exception first = new IOException("first");
        Exception second = new IOException("second", first);
        first.initCause(second);

        Failure failure = assertTimeoutPreemptively(Duration.ofMinutes(2), () -> Reasons.of(first));

        assertThat(failure.reason()).startsWith("IOException: first, in " + HERE);
        assertThat(Reasons.messages(first)).isEqualTo("first: second");
    }

    /** Such as those that make their cause when it is asked for. */
    @Test
    void endsWhereCausesHaveNoEnd() {
        Failure failure = assertTimeoutPreemptively(Duration.ofMinutes(2), () -> Reasons.of(new Endless()));

        assertThat(failure.reason()).startsWith("Endless: deeper, in org.adapt4j.runtime.program.ReasonsTest$");
    }

    private static final class Endless extends Exception {
        private static final long serialVersionUID = 1L;

        Endless() {
            super("deeper");
        }

        @Override
        public synchronized Throwable getCause() {
            return new Endless();
        }
    }

    @Test
    void whatIsNotFiniteHasDivergedWhoeverFindsOut() {
        Failure failure = Reasons.of(new NotFiniteException("covariance 0, 0", Double.NaN));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.DIVERGED);
        assertThat(failure.reason())
                .startsWith("diverged: covariance 0, 0 is NaN, in " + HERE)
                .endsWith(". Lower the learning rate, or see what else drives the algorithm so far");
    }

    @Test
    void takesAFailedTensorOperationForWhatItIs() {
        Failure failure = Reasons.of(new EngineException("index 12 is out of bounds for dimension 0 with size 10\n"
                + "Exception raised from operator() at Indexing.cpp:9 (most recent call first):\nframe #0: 0x7f"));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.EXCEPTION);
        assertThat(failure.reason())
                .startsWith(
                        "a tensor operation failed: index 12 is out of bounds for dimension 0 with size 10, in " + HERE)
                .doesNotContain("frame #0");
    }

    @Test
    void saysWhatToDoWhenTensorsFindNoMemory() {
        Failure failure = Reasons.of(new EngineException("[enforce fail at alloc_cpu.cpp:118] err == 0."
                + " DefaultCPUAllocator: can't allocate memory: you tried to allocate 400 bytes. Error code 12"));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.OUT_OF_MEMORY);
        assertThat(failure.reason())
                .startsWith("out of memory: ")
                .contains("you tried to allocate 400 bytes")
                .contains("--slots");
    }

    @Test
    void saysForWhichJavaAClassWasBuiltAndWhatToDo() {
        LinkageError later =
                new UnsupportedClassVersionError("org/example/New has been compiled by a more recent version of"
                        + " the Java Runtime (class file version 70.0), this version of the Java Runtime only recognizes class file"
                        + " versions up to 61.0");

        assertThat(Reasons.of(later).reason())
                .contains("is built for Java 26, and this is Java "
                        + Runtime.version().feature() + ": compile it with release 17")
                .contains("org/example/New");
    }

    @Test
    void tellsTheTensorLibraryFromALibraryOfAPlugin() {
        UnsatisfiedLinkError own = new UnsatisfiedLinkError("no bullet in java.library.path");
        UnsatisfiedLinkError torch = new UnsatisfiedLinkError("libtorch.so: cannot open shared object file");
        torch.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("java.lang.System", "load", "System.java", 1),
            new StackTraceElement("ai.djl.pytorch.jni.LibUtils", "loadNativeLibrary", "LibUtils.java", 378),
            new StackTraceElement("org.adapt4j.method.ppo.Ppo", "create", "Ppo.java", 9)
        });

        assertThat(Reasons.of(new EngineException("Failed to load PyTorch native library", torch))
                        .reason())
                .isEqualTo("the tensor library cannot be loaded (Failed to load PyTorch native library:"
                        + " libtorch.so: cannot open shared object file). Find out more with: adapt4j doctor");
        assertThat(Reasons.of(own).reason())
                .startsWith("a native library cannot be loaded, needed by " + HERE)
                .endsWith(" (UnsatisfiedLinkError: no bullet in java.library.path)");
        assertThat(Reasons.of(new IllegalStateException("MuJoCo is not installed", own))
                        .reason())
                .isEqualTo("MuJoCo is not installed");
    }
}
