package org.adapt4j.runtime.experiment;

import java.util.Optional;
import java.util.Set;
import org.adapt4j.runtime.run.CellExecutor;

/** The executors that experiments can choose by {@code run.executor}. */
public interface Executors {
    /** None. */
    Executors NONE = new Executors() {
        @Override
        public Set<String> names() {
            return Set.of();
        }

        @Override
        public Optional<CellExecutor<?>> find(String name) {
            return Optional.empty();
        }
    };

    /** Names of all that are installed; loads none of them. */
    Set<String> names();

    /**
     * Loads one.
     *
     * @throws org.adapt4j.runtime.run.ExecutorException if there is one that cannot be loaded
     */
    Optional<CellExecutor<?>> find(String name);
}
