package org.adapt4j.toolkit.run;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What lies behind a failure of somebody else's code, whose exceptions may name each other as causes, or a new one each time they are asked. */
public final class Causes {
    private static final int MOST = 50;

    private Causes() {}

    /** A failure and what caused it, the root last; each once, and no more than {@value #MOST}. */
    public static List<Throwable> of(Throwable failure) {
        Set<Throwable> met = Collections.newSetFromMap(new IdentityHashMap<>());
        return Stream.iterate(failure, cause -> cause != null && met.add(cause), Throwable::getCause)
                .limit(MOST)
                .toList();
    }

    /** The innermost cause, or the failure itself if it has none. */
    public static Throwable root(Throwable failure) {
        List<Throwable> causes = of(failure);
        return causes.get(causes.size() - 1);
    }
}
