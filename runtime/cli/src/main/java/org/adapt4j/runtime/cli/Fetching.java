package org.adapt4j.runtime.cli;

import java.lang.reflect.InvocationTargetException;
import org.adapt4j.runtime.program.Reasons;

/** The process of {@link TorchFetch}: DJL fetches when it is asked for its engine. Says in a last line what went wrong. */
final class Fetching {
    private Fetching() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        try {
            Class.forName("ai.djl.engine.Engine")
                    .getMethod("getEngine", String.class)
                    .invoke(null, "PyTorch");
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            System.out.println(Reasons.messages(cause));
        }
    }
}
