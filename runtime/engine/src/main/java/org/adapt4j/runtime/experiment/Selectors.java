package org.adapt4j.runtime.experiment;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapt4j.api.method.Selector;

/** Gives adapters the strategies that their constructors ask for. */
final class Selectors {

    private Selectors() {}

    /** The kind of strategy that the constructor of an adapter asks for; empty if it asks for none. */
    static Optional<Class<?>> wanted(Class<?> adapter) {
        return Stream.of(adapter.getDeclaredConstructors())
                .flatMap(constructor -> Stream.of(constructor.getParameterTypes()))
                .filter(Selector.class::isAssignableFrom)
                .<Class<?>>map(type -> type)
                .findFirst();
    }

    /** A strategy under each of the kinds by which it may be asked for. */
    static Map<Class<?>, Object> services(Object selector) {
        Map<Class<?>, Object> kinds = new HashMap<>();
        for (Class<?> type = selector.getClass(); type != null; type = type.getSuperclass()) {
            addKinds(type, selector, kinds);
        }
        return kinds;
    }

    private static void addKinds(Class<?> type, Object selector, Map<Class<?>, Object> kinds) {
        for (Class<?> kind : type.getInterfaces()) {
            if (Selector.class.isAssignableFrom(kind)) {
                kinds.put(kind, selector);
                addKinds(kind, selector, kinds);
            }
        }
    }
}
