package org.adapt4j.runtime.cell;

/**
 * What a finished phase leaves beside its logs.
 *
 * @param environmentSteps spent
 * @param updates spent
 * @param parameters trainable numbers of the agent
 * @param backEnd which implementation played
 * @param benchmark title of the benchmark
 * @param hasFilm whether {@code film.gif} was written
 */
public record PhaseResult(
        long environmentSteps, long updates, long parameters, String backEnd, String benchmark, boolean hasFilm) {}
