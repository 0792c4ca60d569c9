package org.adapt4j.method.gp;

import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Diet;
import org.adapt4j.api.algorithm.ExpertPosterior;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Element;

/** Makes {@link GaussianProcess}es. */
public final class GaussianProcessFactory implements AlgorithmFactory<Batch.Imitation> {

    private final Settings settings;

    @Inject
    public GaussianProcessFactory(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Diet<Batch.Imitation> diet() {
        return new Diet.Offline(settings.pairs());
    }

    @Override
    public Set<Class<?>> abilities() {
        return Set.of(ExpertPosterior.class);
    }

    /** Weights are what it was shown. */
    @Override
    public boolean mixesWeights() {
        return false;
    }

    @Override
    public Optional<String> objection(AlgorithmRequest request) {
        if (!(request.conditioning() instanceof Conditioning.None)) {
            return Optional.of("gp takes neither memory nor context; use ppo or sac");
        }
        if (!(request.spec().action() instanceof Box)) {
            return Optional.of("gp regresses continuous actions, and these are choices; use bc");
        }
        return request.spec().observation().stream()
                        .allMatch(component -> component.space().element() == Element.FLOAT32)
                ? Optional.empty()
                : Optional.of("gp compares observations by their distance, which means nothing for pictures; use bc");
    }

    @Override
    public BaseAlgorithm<Batch.Imitation> create(AlgorithmRequest request) {
        return new GaussianProcess(settings, request.spec());
    }

    /**
     * The prior.
     *
     * @param lengthScale over which observations are alike, in their own units
     * @param signalVariance of each coordinate of the expert's action before anything was shown
     * @param noiseVariance of an action around the expert's mean
     * @param pairs most pairs that an update sees; a phase with more of them is not learned whole, and refused
     */
    public record Settings(double lengthScale, double signalVariance, double noiseVariance, int pairs) {

        /** Checks the numbers. */
        public Settings {
            Check.positive("length-scale", lengthScale);
            Check.positive("signal-variance", signalVariance);
            Check.positive("noise-variance", noiseVariance);
            Check.positive("pairs", pairs);
        }
    }
}
