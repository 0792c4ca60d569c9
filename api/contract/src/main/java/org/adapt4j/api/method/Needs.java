package org.adapt4j.api.method;

import java.util.EnumSet;
import java.util.Set;
import org.adapt4j.api.algorithm.Regime;
import org.apiguardian.api.API;

/**
 * What a method demands of the algorithm and the benchmark it is joined with. A grid is checked against it before anything
 * runs; a cell that cannot be becomes <em>n/a, because …</em>.
 *
 * @param regimes any of these will do
 * @param abilities all of these are needed, see {@link org.adapt4j.api.algorithm.BaseAlgorithm#ability}
 * @param demonstrations whether an expert must be there
 * @param mixing whether weights are mixed, see {@link org.adapt4j.api.algorithm.Parameters#moveTowards}
 * @param because half a sentence that is shown to people, such as {@code PEARL draws old experience}
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Needs(
        Set<Regime> regimes, Set<Class<?>> abilities, boolean demonstrations, boolean mixing, String because) {

    /** No demands. */
    public static final Needs NOTHING = new Needs(EnumSet.allOf(Regime.class), Set.of(), false, "");

    /** The same without mixing. */
    public Needs(Set<Regime> regimes, Set<Class<?>> abilities, boolean demonstrations, String because) {
        this(regimes, abilities, demonstrations, false, because);
    }

    /** Freezes the sets. */
    public Needs {
        regimes = Set.copyOf(regimes);
        abilities = Set.copyOf(abilities);
    }
}
