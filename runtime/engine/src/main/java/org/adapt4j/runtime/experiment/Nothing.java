package org.adapt4j.runtime.experiment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A catalogue without plug-ins, for reading the engine's own sections. */
enum Nothing implements Catalogue {
    /** The one. */
    INSTANCE;

    @Override
    public Optional<Entry> find(Kind kind, String name) {
        return Optional.empty();
    }

    @Override
    public Set<String> names(Kind kind) {
        return Set.of();
    }

    @Override
    public Object build(Entry entry, Record settings, Map<Class<?>, Object> services) {
        throw new IllegalStateException("there is nothing to build");
    }

    @Override
    public List<ClassLoader> loaders() {
        return List.of();
    }
}
